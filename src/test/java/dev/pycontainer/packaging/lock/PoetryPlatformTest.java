package dev.pycontainer.packaging.lock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoetryPlatformTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "linux           ; sys_platform == \"linux\"",
                "==linux         ; sys_platform == \"linux\"",
                "linux || darwin ; sys_platform == \"linux\" or sys_platform == \"darwin\"",
                "linux|darwin    ; sys_platform == \"linux\" or sys_platform == \"darwin\"",
                "!=win32         ; sys_platform != \"win32\"",
                "!=win32, !=darwin ; sys_platform != \"win32\" and sys_platform != \"darwin\"",
                "*, !=win32      ; sys_platform != \"win32\"",
                "*               ; ''",
                "linux || *      ; ''",
            })
    void isAMarker(String platform, String marker) {
        assertThat(PoetryPlatform.marker(platform)).isEqualTo(marker);
    }
}
