package dev.pycontainer.debian;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstalledPackagesTest {

    @ParameterizedTest
    @CsvSource({
        "install ok installed, true",
        "hold ok installed, true",
        "install ok triggers-awaited, true",
        "install ok triggers-pending, true",
        "install reinstreq installed, false",
        "deinstall ok config-files, false",
        "install ok half-installed, false",
        "install ok unpacked, false",
        "install ok half-configured, false",
        "unknown ok not-installed, false"
    })
    void aPackageIsThereWhereDpkgSaysSo(String status, boolean installed) throws IOException {
        assertThat(read("""
                        Package: libc6
                        Status: %s
                        Architecture: amd64
                        Version: 2.41-12
                        """.formatted(status))).hasSize(installed ? 1 : 0);
    }

    @Test
    void whatIsNotInstalledNeedsNoVersion() throws IOException {
        assertThat(read("""
                        Package: gone
                        Status: deinstall ok config-files

                        Package: libc6
                        Status: install ok installed
                        Architecture: amd64
                        Version: 2.41-12
                        Provides: libc6-2.41
                        """)).singleElement().hasToString("libc6 2.41-12");
    }

    @Test
    void aPackagesOwnControlFileSaysThatItIsThere() throws IOException {
        assertThat(read("""
                        Package: tzdata
                        Architecture: all
                        Version: 2026b-0+deb13u1
                        """)).singleElement().hasToString("tzdata 2026b-0+deb13u1");
        assertThat(read("")).isEmpty();
    }

    @Test
    void noEncodingIsAskedFor() throws IOException {
        byte[] latin = "Package: x\nArchitecture: all\nVersion: 1\nMaintainer: J\u00f6rg\n".getBytes(ISO_8859_1);
        assertThat(InstalledPackages.of(new ByteArrayInputStream(latin), "status"))
                .singleElement()
                .hasToString("x 1");
        assertThatThrownBy(() -> read("Package: \u00f6\nArchitecture: all\nVersion: 1\n"))
                .hasMessageContaining("\"??\" is not the name of a package.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0_beta", "latest", "1:2_3-4_5", "1"})
    void whatDpkgOnlyWarnsOfIsRead(String version) throws IOException {
        assertThat(read("Package: x\nVersion: " + version + "\n"))
                .singleElement()
                .hasToString("x " + version)
                .satisfies(it -> assertThat(it.isFor("amd64")).isTrue())
                .satisfies(it -> assertThat(it.version()).isEqualTo(DebianVersion.recorded(version)));
    }

    @ParameterizedTest
    @CsvSource({
        "'', has no field Version",
        "x:1, is not the version",
        "1-, its revision is empty",
        "1:, upstream version is empty"
    })
    void whatDpkgDoesNotReadIsRefused(String version, String why) {
        assertThatThrownBy(() -> read("Package: x\nArchitecture: all\nVersion: " + version + "\n"))
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining(why)
                .hasMessageContaining("var/lib/dpkg/status: paragraph 1 (package x)");
    }

    @Test
    void aStatusThatIsNoneIsRefused() {
        assertThatThrownBy(() -> read("""
                        Package: libc6
                        Status: installed
                        Architecture: amd64
                        Version: 2.41-12
                        """)).isInstanceOf(BuildRefused.class).hasMessage("""
                The Status of a package is not three words.
                  where  var/lib/dpkg/status: paragraph 1 (package libc6)
                  why    it is `installed`""");
    }

    private static List<DebianPackage> read(String status) throws IOException {
        return InstalledPackages.of(new ByteArrayInputStream(status.getBytes(UTF_8)), "var/lib/dpkg/status");
    }
}
