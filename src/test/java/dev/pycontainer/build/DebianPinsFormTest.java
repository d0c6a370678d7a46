package dev.pycontainer.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Debian packages in {@code pycontainer.lock}. */
class DebianPinsFormTest {

    private static final String HASH = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private static final String ONE = """
            {"name":"libpq5","version":"17.6-0","architecture":"amd64","path":"pool/libpq5.deb","size":7,"sha256":"%s"}""".formatted(HASH);
    private static final String ENTRY =
            "{\"suite\":\"trixie\",\"architecture\":\"amd64\",\"asked\":[\"libpq5\"],\"packages\":[" + ONE + "]}";

    @Test
    void anEntryIsReadAsItWasWritten() {
        PycontainerLock lock = lock(ENTRY);
        DebianPins pins = lock.packagesAdded("trixie", "amd64").orElseThrow();
        assertThat(pins.asked()).containsExactly("libpq5");
        assertThat(pins.size()).isEqualTo(7);
        assertThat(DebianPinsForm.write(pins)).hasToString(ENTRY);
        assertThat(lock.packagesOfBase("trixie", "amd64")).isEmpty();
        assertThat(lock.packagesAdded("trixie", "arm64")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "suite":"trixie"     | "suite":7         | "suite" is not a text.
            "suite":"trixie",    | ``                | "suite" is missing.
            "asked":["libpq5"]   | "asked":"libpq5"  | "asked" is not an array.
            "asked":["libpq5"]   | "asked":[]        | "asked" names no package.
            "asked":["libpq5"]   | "asked":[5]       | "asked" is not a text.
            "packages":[         | "packages":7,"p":[| "packages" is not an array.
            "name":"libpq5"      | "name":"../etc"   | "../etc" for "amd64" is not the name of a package and an architecture.
            "version":"17.6-0"   | "version":"x y"   | x y
            "path":"pool/        | "path":"../pool/  | is not the path of a package below a mirror's root.
            "path":"pool/        | "path":"/pool/    | is not the path of a package below a mirror's root.
            "size":7             | "size":7.5        | "size" is not a number of bytes.
            "size":7,            | ``                | "size" is missing.
            "size":7             | "size":-7         | -7 is not the size of a package.
            "sha256":"0123       | "sha256":"xyz     | xyz
            """)
    void whatIsWrongIsRefusedWithItsPlace(String right, String wrong, String message) {
        assertThat(ENTRY).contains(right);
        assertThatThrownBy(() -> lock(ENTRY.replace(right, wrong)))
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining(message)
                .hasMessageContaining("pycontainer.lock: debian[0]")
                .hasMessageContaining("restore it from version control, or delete it and run mvn pycontainer:lock");
    }

    @Test
    void nothingStandsThereTwice() {
        assertThatThrownBy(() -> lock(ENTRY.replace(ONE, ONE + "," + ONE)))
                .hasMessageContaining("The package libpq5 stands there twice.");
        assertThatThrownBy(() -> lock(ENTRY + "," + ENTRY))
                .hasMessageContaining("The packages of trixie for amd64 stand there twice.");
    }

    private static PycontainerLock lock(String entries) {
        return PycontainerLock.parse(
                ("{\"formatVersion\":1,\"debian\":[" + entries + "]}").getBytes(StandardCharsets.UTF_8));
    }
}
