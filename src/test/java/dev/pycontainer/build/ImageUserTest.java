package dev.pycontainer.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageUserTest {

    private static final byte[] PASSWD =
            "root:x:0:0:root:/root:/bin/sh\napp:x:1000:100:App:/home/app:/bin/sh\n".getBytes(UTF_8);
    private static final byte[] GROUP = "root:x:0:\nusers:x:100:app\n".getBytes(UTF_8);

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // configured, the base's, user of the image
                "-, -, 65532:65532",
                "-, root, 65532:65532",
                "-, 0:0, 65532:65532",
                "-, app, 1000:100",
                "-, 1000, 1000:100",
                "-, 4711, 4711:0",
                "-, app:users, 1000:100",
                "1234:1235, app, 1234:1235",
                "app, -, 1000:100",
                "root, app, 0:0",
            })
    void theUserIsNumeric(String configured, String ofBase, String user) {
        ImageUser decided =
                ImageUser.decide(Optional.ofNullable(configured), Optional.ofNullable(ofBase), PASSWD, GROUP);

        assertThat(decided).hasToString(user);
        assertThat(decided.isOurs()).isEqualTo(user.startsWith("65532"));
    }

    @Test
    void aNameThatTheBaseDoesNotKnowIsRefused() {
        assertThatThrownBy(() -> ImageUser.decide(Optional.of("web"), Optional.empty(), PASSWD, GROUP))
                .hasMessage("""
                        The user "web" (container.user) is unknown.
                          why    the base's /etc/passwd does not name "web"
                          do     set container.user to numbers, such as 1000:1000""");
        assertThatThrownBy(() -> ImageUser.decide(Optional.empty(), Optional.of("app:web"), PASSWD, GROUP))
                .hasMessageContaining("the base's /etc/group does not name \"web\"");
    }
}
