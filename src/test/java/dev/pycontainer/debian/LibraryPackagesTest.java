package dev.pycontainer.debian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.content.Utf8Order;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibraryPackagesTest {

    @ParameterizedTest
    @CsvSource({
        "libGL.so.1, libgl1, libgl1",
        "libglib-2.0.so.0, libglib2.0-0, libglib2.0-0t64",
        "libpq.so.5, libpq5, libpq5",
        "libgomp.so.1, libgomp1, libgomp1",
        "libssl.so.3, libssl3, libssl3t64",
        "libasound.so.2, libasound2, libasound2t64",
        "libicuuc.so.72, libicu72, ",
        "libpython3.13.so.1.0, , libpython3.13",
        "libnone.so.1, , "
    })
    void theTableTellsTheReleasesPackage(String library, String bookworm, String trixie) {
        assertThat(LibraryPackages.of("bookworm").packageOf(library).orElse(null))
                .isEqualTo(bookworm);
        assertThat(LibraryPackages.of("trixie").packageOf(library).orElse(null)).isEqualTo(trixie);
    }

    @Test
    void ofAReleaseThatIsNotKnownItTellsNothing() {
        assertThat(LibraryPackages.of("sid").packageOf("libGL.so.1")).isEmpty();
        assertThat(LibraryPackages.of("").packageOf("libGL.so.1")).isEmpty();
    }

    @Test
    void everyRowHasALibraryAndAPackageForEachReleaseAndStandsInOrder() throws IOException {
        try (InputStream table =
                Objects.requireNonNull(LibraryPackages.class.getResourceAsStream("library-packages"))) {
            List<String> rows = new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();

            assertThat(rows)
                    .allSatisfy(row -> assertThat(row)
                            .matches("lib[^ ]+\\.so[^ ]* (-|[a-z0-9][a-z0-9+.-]+) (-|[a-z0-9][a-z0-9+.-]+)")
                            .doesNotEndWith(" - -"));
            assertThat(rows.stream().map(row -> row.substring(0, row.indexOf(' '))))
                    .isSortedAccordingTo(Utf8Order.INSTANCE)
                    .doesNotHaveDuplicates();
        }
    }
}
