package dev.pycontainer.packaging.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LockedFileTest {

    @ParameterizedTest
    @CsvSource({
        "https://index.example/a/b/web-1.0-py3-none-any.whl, web-1.0-py3-none-any.whl",
        // In the wild: torch's index escapes the local version's plus sign, uv keeps it so.
        "https://index.example/whl/torch-2.3.0%2Bcu121-cp311-cp311-linux_x86_64.whl, torch-2.3.0+cu121-cp311-cp311-linux_x86_64.whl",
        "https://index.example/whl/torch-2.3.0+cu121-cp311-cp311-linux_x86_64.whl, torch-2.3.0+cu121-cp311-cp311-linux_x86_64.whl",
        "http://localhost:8080/web-1.0-py3-none-any.whl?download=1#fragment, web-1.0-py3-none-any.whl"
    })
    void theFilesNameIsTheLastSegmentOfItsUrl(String url, String name) {
        assertThat(LockedFile.fileNameOf(url)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "file:///wheels/web.whl | The URL file:///wheels/web.whl is not an HTTP or HTTPS URL.",
                "../web.whl | The URL ../web.whl is not an HTTP or HTTPS URL.",
                "https://index.example/ | The URL https://index.example/ names no file.",
                "https://index.example?token=secret | The URL https://index.example/?token=… names no file.",
                "https://index.example:99999/web.whl | The URL https://index.example:99999/web.whl is not an HTTP or HTTPS URL.",
                "https://me:secret@/web.whl | The URL https:///web.whl is not an HTTP or HTTPS URL.",
                "https://me:secret@index.example/web.whl | The URL of a file on index.example holds credentials.",
                "ftp://me:secret@index.example/web.whl | The URL ftp://index.example/web.whl is not an HTTP or HTTPS URL.",
                "https://secret@index.example:8443/web.whl | The URL of a file on index.example holds credentials."
            })
    void otherUrlsAreRefusedAndCredentialsNotRepeated(String url, String what) {
        assertThatThrownBy(() -> LockedFile.fileNameOf(url))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith(what)
                .hasMessageNotContaining("secret");
    }

    @Test
    void aSourceDistributionIsNoWheel() {
        assertThat(LockedFile.of("https://index.example/web-1.tar.gz", new Digest(LockFixture.A), OptionalLong.empty())
                        .isWheel())
                .isFalse();
    }
}
