package dev.pycontainer.packaging.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.content.Secret;
import dev.pycontainer.http.Login;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose credentials go where. */
class LoginsTest {

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    https://corp.example/simple/web/           | corp:1
                    https://corp.example/files/web.whl         | corp:1
                    https://corp.example:8443/simple/web/      | -
                    http://corp.example/simple/web/            | -
                    https://corp.example.evil.example/simple/  | -
                    https://files.example/web.whl              | -
                    https://two.example/team/simple/web/       | team:2
                    https://two.example/team/files/web.whl     | team:2
                    https://two.example/other/simple/web/      | other:3
                    """)
    void thoseOfTheIndexGoToItsOwnSchemeHostAndPort(String url, String expected) {
        Logins logins = new Logins(
                new Indexes(List.of(
                        index("corp", "https://corp:1@corp.example/simple"),
                        index("team", "https://team:2@two.example/team/simple"),
                        index("other", "https://other:3@two.example/other/simple"))),
                List.of());

        assertThat(sent(logins, url)).isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void theFirstPlaceThatKnowsTheIndexCounts() throws Exception {
        Files.writeString(home.resolve(".netrc"), "machine corp.example login net password 4\n");
        Indexes indexes = new Indexes(List.of(index("my-corp.1", "https://corp.example/simple")));
        String url = "https://corp.example/simple/web/";
        Netrc netrc = new Netrc(Map.of(), home);
        UvVariables uv =
                new UvVariables(Map.of("UV_INDEX_MY_CORP_1_USERNAME", "uv", "UV_INDEX_MY_CORP_1_PASSWORD", "5"));

        assertThat(sent(new Logins(indexes, List.of(netrc)), url)).contains("net:4");
        assertThat(sent(new Logins(indexes, List.of(uv, netrc)), url)).contains("uv:5");
        assertThat(sent(new Logins(indexes, List.of(new Kept(), uv, netrc)), url))
                .contains("kept:6");
        assertThat(sent(new Logins(new Indexes(List.of()), List.of(uv, netrc)), url))
                .contains("net:4");
        assertThat(sent(new Logins(indexes, List.of(uv, netrc)), "https://elsewhere.example/"))
                .isEmpty();
        assertThat(sent(Logins.none(), url)).isEmpty();
    }

    @Test
    void aPasswordMayHoldWhateverAUrlHasToEscape() {
        Logins logins = new Logins(
                new Indexes(List.of(index("corp", "https://al%40ice:p%3Aw%2Fd%25%20ä@corp.example/simple"))),
                List.of());

        assertThat(sent(logins, "https://corp.example/simple/web/")).contains("al@ice:p:w/d% ä");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
                    machine corp.example login me password pw              | me:pw
                    machine CORP.example login me password pw              | me:pw
                    machine corp.example\\n  password pw\\n  login me       | me:pw
                    machine a.example login x password y\\nmachine corp.example login me password pw | me:pw
                    machine corp.example login me password pw\\nmachine corp.example login x password y | me:pw
                    machine corp.example login me account z password pw    | me:pw
                    machine corp.example login me                          | me:
                    machine corp.example password pw                       | -
                    machine corp.example login "m e" password "p\\\\"w"     | m e:p"w
                    machine corp.example login me password #pw # comment   | me:#pw
                    # machine corp.example login me password pw            | -
                    default login me password pw                           | -
                    machine a.example login a password b default login me password pw | -
                    macdef init\\nmachine corp.example login x password y\\n\\nmachine corp.example login me password pw | me:pw
                    machine corp.example login                             | -
                    machine                                                | -
                    password login machine                                 | -
                    machine sub.corp.example login me password pw          | -
                    """)
    void netrcIsRead(String text, String expected) throws Exception {
        Files.writeString(home.resolve(".netrc"), text.replace("\\n", "\n").replace("\\\\", "\\"));
        Logins logins = new Logins(new Indexes(List.of()), List.of(new Netrc(Map.of(), home)));

        assertThat(sent(logins, "https://corp.example/simple/web/")).isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void theVariableNamesAnotherNetrc() throws Exception {
        Path other = Files.writeString(home.resolve("other"), "machine corp.example login me password pw");
        Netrc netrc = new Netrc(Map.of("NETRC", other.toString()), home);
        Logins logins = new Logins(new Indexes(List.of()), List.of(netrc));

        assertThat(sent(logins, "https://corp.example/")).contains("me:pw");
    }

    private static Optional<String> sent(Logins logins, String url) {
        return Optional.ofNullable(logins.request(HttpUrl.get(url)).build().header("Authorization"))
                .map(header -> new String(
                        Base64.getDecoder().decode(header.substring("Basic ".length())), StandardCharsets.UTF_8));
    }

    private static Index index(String id, String url) {
        return Index.of(id, url, List.of(), Optional.empty(), "the test");
    }

    private static final class Kept implements LoginPlace {
        @Override
        public Optional<Login> find(Index index) {
            return index.id().equals("my-corp.1")
                    ? Optional.of(new Login("kept", new Secret("6"), "the test"))
                    : Optional.empty();
        }

        @Override
        public String place(Index index) {
            return "the test";
        }
    }
}
