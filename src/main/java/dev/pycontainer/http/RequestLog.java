package dev.pycontainer.http;

import java.time.Duration;

/** Is told of every request that was sent and answered, redirects included; what it is told holds no secret. */
@FunctionalInterface
public interface RequestLog {

    /** Listens to nothing. */
    RequestLog SILENT = (method, url, status) -> {};

    /** @param status of the answer, such as 200; may be called by several threads at once */
    void answered(String method, RedactedUrl url, int status);

    /** A request will be sent again after a while. */
    default void waits(String method, RedactedUrl url, Duration wait, String why) {}
}
