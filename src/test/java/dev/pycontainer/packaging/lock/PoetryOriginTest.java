package dev.pycontainer.packaging.lock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoetryOriginTest {

    /** As poetry-core 2.4 takes direct references apart; what it takes no reference from is of HEAD there. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "git+https://git.example/h.git | git | https://git.example/h.git | - | -",
                "git+https://git.example/h.git@main#subdirectory=py | git | https://git.example/h.git | main | py",
                "git+https://git.example/h.git@feature/x | git | https://git.example/h.git | feature/x | -",
                "git+https://u:p@git.example/h.git@v1 | git | https://u:p@git.example/h.git | v1 | -",
                "git+ssh://git@git.example/a/h.git@v1#egg=h&subdirectory=a/b | git | ssh://git@git.example/a/h.git | v1 | a/b",
                "git+git@git.example:a/h.git@v1 | git | git@git.example:a/h.git | v1 | -",
                "https://files.example/h-1.whl#sha256=aa | url | https://files.example/h-1.whl | - | -",
                "https://files.example/h.zip#sha256=aa&subdirectory=py | url | https://files.example/h.zip | - | py",
                "file:///srv/h-1-py3-none-any.whl | path | file:///srv/h-1-py3-none-any.whl | - | -",
            })
    void isOfADirectReference(String url, String kind, String location, String reference, String subdirectory) {
        PoetryOrigin origin = PoetryOrigin.ofUrl(url);

        assertThat(origin.kind()).isEqualTo(kind);
        assertThat(origin.location()).isEqualTo(location);
        assertThat(origin.reference().orElse("-")).isEqualTo(reference);
        assertThat(origin.subdirectory().orElse("-")).isEqualTo(subdirectory);
    }

    @ParameterizedTest
    @CsvSource({
        "git+https://git.example/h.git@feature/x#egg=h&subdirectory=a/b, git+https://git.example/h.git@feature/x#subdirectory=a/b",
        "git+git@git.example:a/h.git, git+ssh://git@git.example/a/h.git",
        "https://files.example/h.zip#sha256=aa&subdirectory=py, https://files.example/h.zip#subdirectory=py",
    })
    void isToldAsADirectReference(String url, String told) {
        assertThat(PoetryOrigin.ofUrl(url).directReference()).contains(told);
    }

    @Test
    void aPathIsNoneThatOthersCouldFollow() {
        assertThat(PoetryOrigin.ofUrl("file:///srv/h-1-py3-none-any.whl").directReference())
                .isEmpty();
    }
}
