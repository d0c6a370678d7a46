package dev.pycontainer.debian;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.http.Attempt;
import dev.pycontainer.http.Download;
import dev.pycontainer.http.Http;
import dev.pycontainer.http.Login;
import dev.pycontainer.http.RedactedUrl;
import java.io.IOException;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/** A mirror behind HTTP or HTTPS. Plain HTTP is enough for what is signed, unless credentials would pass over it. */
public final class HttpMirror implements Mirror {

    private final Download download;
    private final HttpUrl root;
    private final Optional<Login> login;

    /** @param login sent with each request */
    public HttpMirror(Http http, HttpUrl root, Optional<Login> login) {
        this.download = new Download(http);
        this.root = root;
        this.login = login;
    }

    @Override
    public <T> Optional<T> find(String path, Download.Reader<T> reader) throws IOException {
        HttpUrl url = root.newBuilder().addPathSegments(path).build();
        Request.Builder request = new Request.Builder().url(url);
        login.ifPresent(known -> request.header("Authorization", known.basic()));
        try {
            return Optional.of(download.of(request.build(), this::otherwise, reader));
        } catch (Absent absent) {
            return Optional.empty();
        } catch (BuildRefused refused) {
            throw refused.in(RedactedUrl.of(url).toString());
        }
    }

    private BuildRefused otherwise(Response response) {
        BuildRefused refused =
                BuildRefused.because("The mirror did not give a file.").why(Attempt.told(response));
        return switch (response.code()) {
            case 404, 410 -> throw new Absent();
            case 401, 403 ->
                refused.todo(login.map(known -> "check user name and password in " + known.source())
                        .orElseGet(() -> "add a <server> to settings.xml whose id is the host, \"" + root.host()
                                + "\", if it wants credentials"));
            default -> refused.todo("run the build again later, or set from.debian.mirror to another mirror");
        };
    }

    @Override
    public String toString() {
        return RedactedUrl.of(root).toString();
    }

    /** Leads out of the download: there is nothing to read. */
    @SuppressWarnings("serial") // it never leaves this class
    private static final class Absent extends RuntimeException {
        Absent() {
            super("there is no such file", null, false, false);
        }
    }
}
