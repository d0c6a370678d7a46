package dev.pycontainer.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindSecretsTest {

    private static final String BEGIN = "-----BEGIN ";

    @TempDir
    Path project;

    private void write(String path, String content) throws IOException {
        Path file = project.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private SourceFiles select(String... excludes) {
        return new SelectSources(new Disk(), Set.of(), Set.of(excludes)).from(project);
    }

    @Test
    void allSecretsAreNamedAtOnce() throws IOException {
        write(".env", "TOKEN=x");
        write("certs/server.pem", BEGIN + "CERTIFICATE-----\nx\n" + BEGIN + "PRIVATE KEY-----\ny\n");
        write("main.py", "x");

        assertThatThrownBy(this::select).isInstanceOf(BuildRefused.class).hasMessage("""
                The project's files hold secrets: ".env", "certs/server.pem".
                  why    .env holds variables of an environment
                         certs/server.pem is a private key
                  do     name them in .gitignore or in python.sources.excludes, and hand secrets to the container when it starts""");
        assertThat(select(".env", "certs/**").files())
                .extracting(SourceFile::path)
                .containsExactly("main.py");
    }

    @Test
    void aSecretThatGitIgnoresHarmsNobody() throws IOException {
        write(".env", "TOKEN=x");
        write(".gitignore", ".env\n");
        write("main.py", "x");

        assertThat(select().files()).extracting(SourceFile::path).containsExactly("main.py");
    }

    @ParameterizedTest
    @CsvSource({
        ".env, x, holds variables of an environment",
        "deploy/.env.production, x, holds variables of an environment",
        ".netrc, x, holds credentials",
        "home/.pypirc, x, holds credentials",
        "home/.git-credentials, x, holds credentials",
        ".aws/credentials, x, holds credentials",
        "id_rsa, '-----BEGIN RSA PRIVATE KEY-----', is a private key",
        "keys/id_ed25519, '-----BEGIN OPENSSH PRIVATE KEY-----', is a private key",
        "a.key, '-----BEGIN ENCRYPTED PRIVATE KEY-----', is a private key",
        "signing.asc, '-----BEGIN PGP PRIVATE KEY BLOCK-----', is a private key",
        "no-name, '-----BEGIN EC PRIVATE KEY-----', is a private key",
        "putty.ppk, 'PuTTY-User-Key-File-3: ssh-ed25519', is a private key",
        "pip.conf, '[global] index-url = https://me:pass@example.org/simple', holds a URL with a password",
        "requirements.txt, 'x @ git+https://me:pass@example.org/x.git', holds a URL with a password",
        "requirements-dev.txt, '--index-url https://me:pass@example.org/simple', holds a URL with a password",
    })
    void whatToolsKeepSecretsInIsRefused(String path, String content, String reason) throws IOException {
        write(path, content + "\n");

        assertThatThrownBy(this::select)
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("The project's files hold secrets: \"" + path + "\".")
                .hasMessageContaining("why    " + path + " " + reason + "\n");
    }

    @ParameterizedTest
    @CsvSource({
        ".env.example, TOKEN=",
        ".env.sample, TOKEN=",
        ".env.template, TOKEN=",
        "env, x",
        "ca.pem, '-----BEGIN CERTIFICATE-----'",
        "public.pem, '-----BEGIN PUBLIC KEY-----'",
        "app/keys.py, 'KEY = \"-----BEGIN PRIVATE KEY-----\"'",
        "pip.conf, '[global] index-url = https://${USER}:${PASSWORD}@example.org/simple'",
        "pyproject.toml, 'database = \"postgres://me:pass@localhost/test\"'",
        "requirements.txt, 'x @ git+ssh://git@example.org/x.git'",
    })
    void whatOnlyLooksLikeASecretPasses(String path, String content) throws IOException {
        write(path, content + "\n");

        assertThat(select().files()).extracting(SourceFile::path).containsExactly(path);
    }
}
