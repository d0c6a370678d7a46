package dev.pycontainer.base;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.oci.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineNameTest {

    @ParameterizedTest
    @CsvSource({
        "linux/amd64,    x86_64",
        "linux/amd64/v1, x86_64",
        "linux/arm64,    aarch64",
        "linux/arm64/v8, aarch64",
        "linux/386,      i686",
        "linux/arm,      armv7l",
        "linux/arm/v7,   armv7l",
        "linux/ppc64le,  ppc64le",
        "linux/s390x,    s390x",
        "linux/riscv64,  riscv64",
        "linux/loong64,  loongarch64"
    })
    void goAndPythonNameTheSameMachine(String platform, String machine) {
        assertThat(MachineName.of(Platform.parse(platform))).contains(machine);
    }

    @Test
    void othersAreNotKnown() {
        assertThat(MachineName.of(Platform.parse("linux/arm/v6"))).isEmpty();
        assertThat(MachineName.of(Platform.parse("wasip1/wasm"))).isEmpty();
    }
}
