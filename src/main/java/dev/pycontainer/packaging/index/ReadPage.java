package dev.pycontainer.packaging.index;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.http.Attempt;
import dev.pycontainer.http.Http;
import dev.pycontainer.packaging.PackageName;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/** Asks an index for a project's page. */
final class ReadPage {

    static final String ADVICE = "check the index's URL; if it is right, report the page to those who run the index";

    private final Http http;
    private final Logins logins;
    private final RememberedPages remembered;

    ReadPage(Http http, Logins logins, RememberedPages remembered) {
        this.http = http;
        this.logins = logins;
        this.remembered = remembered;
    }

    /** The files of the project's page, in its order; nothing where the index does not know the project. */
    Optional<List<IndexFile>> of(Index index, PackageName name) throws IOException {
        HttpUrl url = index.page(name.value());
        try {
            Optional<RememberedPages.Page> known = remembered.find(url.toString());
            Request.Builder request = logins.request(url).header("Accept", IndexPage.ACCEPT);
            known.ifPresent(page -> request.header("If-None-Match", page.tag()));
            try (Response response = http.send(request.build())) {
                return switch (response.code()) {
                    case 200 -> Optional.of(read(url, response, name));
                    case 304 -> Optional.of(files(known.orElseThrow(() -> failed(name, response))));
                    case 404, 410 -> Optional.empty();
                    case 401, 403 -> throw logins.refused(url, response);
                    default -> throw failed(name, response);
                };
            }
        } catch (BuildRefused refused) {
            throw refused.orTodo(ADVICE).in(index.at(name));
        }
    }

    /** A page that cannot be read is not kept. */
    private List<IndexFile> read(HttpUrl url, Response response, PackageName name) throws IOException {
        RememberedPages.Page page = new RememberedPages.Page(
                response.header("ETag", ""),
                String.valueOf(response.header("Content-Type")),
                response.request().url().toString(),
                PageBody.read(response, "The index's page of " + name));
        List<IndexFile> files = files(page);
        remembered.keep(url.toString(), page);
        return files;
    }

    private static List<IndexFile> files(RememberedPages.Page page) {
        return IndexPage.read(page.body(), page.contentType(), page.url())
                .orElseThrow(() -> BuildRefused.because("The index answered with something other than a page.")
                        .why("its content type is " + page.contentType())
                        .todo("check the index's URL"));
    }

    private static BuildRefused failed(PackageName name, Response response) {
        return BuildRefused.because("The index gave no page of package \"" + name + "\".")
                .why(Attempt.told(response))
                .todo("run the build again later");
    }
}
