package dev.pycontainer.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactedUrlTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://example.org/simple/            | https://example.org/simple/
            https://bob:s3cret@example.org:8443/a  | https://example.org:8443/a
            https://s3cret@example.org/            | https://example.org/
            https://cdn.org/b?X-Amz-Signature=s3cret&x=s3cret | https://cdn.org/b?X-Amz-Signature=…&x=…
            https://auth.org/token?service=reg&scope=repository:a:pull | https://auth.org/token?service=reg&scope=repository:a:pull
            http://127.0.0.1:5000/v2/a/blobs/uploads/1?_state=s3cret&digest=sha256:00 | http://127.0.0.1:5000/v2/a/blobs/uploads/1?_state=…&digest=sha256:00
            https://example.org/?s3cret            | https://example.org/?…
            https://example.org/?s3cret&digest=a   | https://example.org/?…&digest=a
            https://bob:s3/cret@example.org/a      | https://example.org/a
            https://bob:s3#cret@example.org/a      | https://example.org/a
            https://bob:s3?cret@example.org/a      | https://example.org/a
            http://bob:s3/c@ret@example.org/a?b=1  | http://example.org/a
            bob:s3/cret@example.org:8080           | example.org:8080
            git+https://example.org/lib@v1         | git+https://example.org/lib@v1
            git+ssh://example.org:22/lib@v1        | git+ssh://example.org:22/lib@v1
            git@example.org:team/lib.git           | example.org:team/lib.git
            https://example.org/a#s3cret           | https://example.org/a
            ftp://bob:s3cret@example.org/a?b=s3cret | ftp://example.org/a
            //bob:s3cret@example.org/a             | //example.org/a
            bob:s3cret@example.org/a               | example.org/a
            not a url                              | not a url
            """)
    void noSecretIsShown(String url, String shown) {
        assertThat(RedactedUrl.of(url)).hasToString(shown);
    }
}
