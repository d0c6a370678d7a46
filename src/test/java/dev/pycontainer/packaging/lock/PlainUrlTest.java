package dev.pycontainer.packaging.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import okhttp3.HttpUrl;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is plain means the same to a parser of URLs; what a parser might read otherwise is not plain. */
class PlainUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://files.index.example/packages/aa/bb/web-1.0-py3-none-any.whl",
                "http://localhost/a/b_c~d+e.whl",
                "https://a-b.c1/x",
                "https://127.0.0.1//x"
            })
    void aPlainUrlIsReadAsAParserReadsIt(String url) {
        List<String> segments = HttpUrl.get(url).pathSegments();

        assertThat(PlainUrl.fileName(url)).contains(segments.get(segments.size() - 1));
        assertThat(HttpUrl.get(url)).hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://index.example",
                "https://index.example/",
                "https://index.example/a%2Bb.whl",
                "https://index.example/a.whl?b=c.whl",
                "https://index.example/a.whl#b.whl",
                "https://index.example/a/../b.whl",
                "https://index.example/./b.whl",
                "https://index.example/a\\b.whl",
                "https://index.example/a b.whl",
                "https://index.example/\u00e4.whl",
                "https://user:secret@index.example/b.whl",
                "https://index.example:8443/b.whl",
                "https://Index.example/b.whl",
                "https://xn--bcher-kva.example/b.whl",
                "https://-a.example/b.whl",
                "https://a..example/b.whl",
                "https://.example/b.whl",
                "https://[::1]/b.whl",
                "https:///b.whl",
                "https://",
                "ftp://index.example/b.whl",
                "file:///b.whl",
                "HTTPS://index.example/b.whl",
                " https://index.example/b.whl",
                ""
            })
    void anythingElseIsAParsersBusiness(String url) {
        assertThat(PlainUrl.fileName(url)).isEmpty();
    }
}
