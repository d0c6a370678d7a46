package dev.pycontainer.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OCI image configuration, "config.User". */
class ImageUserTest {

    private static final AccountFiles ACCOUNTS = new AccountFiles(
            "root:x:0:0:root:/root:/bin/bash\nwww-data:x:33:34:www:/var/www:/usr/sbin/nologin\n",
            "root:x:0:\nwww-data:x:33:\nstaff:x:50:\n");

    @ParameterizedTest
    @CsvSource({
        // "user"
        "www-data, 33:34",
        // "uid": with an account, its group; without, 0
        "33, 33:34",
        "1000, 1000:0",
        "1000670000, 1000670000:0",
        // "user:group", "uid:gid", "uid:group", "user:gid"
        "www-data:staff, 33:50",
        "1000:1001, 1000:1001",
        "1000:staff, 1000:50",
        "www-data:7, 33:7",
    })
    void theBasesUserIsTakenAsNumbers(String configured, String numbers) {
        ImageUser user = ImageUser.of(Optional.of(configured), ACCOUNTS);

        assertThat(user).hasToString(numbers);
        assertThat(user.provided()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "root", "0", "root:root", "0:50"})
    void rootBecomesTheProvidedUser(String configured) {
        assertThat(ImageUser.of(Optional.of(configured), ACCOUNTS)).isEqualTo(new ImageUser(65532, 65532, true));
    }

    @Test
    void noUserBecomesTheProvidedUser() {
        assertThat(ImageUser.of(Optional.empty(), ACCOUNTS)).hasToString("65532:65532");
    }

    @Test
    void rootThatWasAskedForStaysRoot() {
        assertThat(ImageUser.resolved("root", ACCOUNTS)).isEqualTo(new ImageUser(0, 0, false));
    }

    @Test
    void aNameThatTheBaseDoesNotKnowIsRefused() {
        assertThatThrownBy(() -> ImageUser.of(Optional.of("app"), ACCOUNTS))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        The base has no user "app".
                          why    its /etc/passwd has no such entry
                          do     give container.user as numbers, such as 65532:65532""");
        assertThatThrownBy(() -> ImageUser.of(Optional.of("33:app"), ACCOUNTS))
                .hasMessageStartingWith("The base has no group \"app\".");
    }

    @ParameterizedTest
    @ValueSource(strings = {":1", "a:b:c", "1:"})
    void whatIsNoUserIsRefused(String text) {
        assertThatThrownBy(() -> ImageUser.resolved(text, ACCOUNTS))
                .hasMessage("\"" + text + "\" is not a user.\n"
                        + "  why    it must be a name or number, with a colon and a group behind it if wanted");
    }
}
