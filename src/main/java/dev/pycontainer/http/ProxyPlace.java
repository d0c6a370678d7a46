package dev.pycontainer.http;

import java.util.Optional;
import okhttp3.HttpUrl;

/** A place where proxies are configured. */
@FunctionalInterface
public interface ProxyPlace {

    /**
     * What the place says about this URL.
     *
     * @param server none where the place wants the host to be spoken to directly
     */
    record Choice(Optional<ProxyServer> server) {}

    /** Nothing where the place leaves it to the next one. */
    Optional<Choice> choose(HttpUrl url);
}
