package dev.pycontainer.http;

import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** Hosts that are this machine itself by their very names: what is sent there passes no network. */
public final class Loopback {

    /** As Docker has it: {@code localhost}, 127.0.0.0/8 and ::1; other names are not looked up. */
    private static final Pattern HOST = Pattern.compile("localhost|127(?:\\.[0-9]{1,3}){3}|::1");

    private Loopback() {}

    public static boolean holds(HttpUrl url) {
        return HOST.matcher(url.host()).matches();
    }
}
