package dev.pycontainer.packaging.lock;

import static dev.pycontainer.packaging.lock.LockFixture.A;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.content.Digest;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.packaging.WheelFileName;
import dev.pycontainer.packaging.wheel.RequiresDist;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What wheels require of each other, and whether it is there. */
class FollowRequirementsTest {

    private static SelectedWheel wheel(String file, String... extras) {
        WheelFileName name = WheelFileName.parse(file + "-py3-none-any.whl");
        return new SelectedWheel(
                name.name(),
                name.version(),
                name,
                new Digest(A),
                OptionalLong.empty(),
                new FileLocation.Local(Path.of(file)),
                List.of(),
                Optional.empty(),
                IndexNotes.NONE,
                Arrays.asList(extras),
                List.of());
    }

    private static List<String> unmet(Map<SelectedWheel, List<String>> requirements) {
        Map<SelectedWheel, List<Requirement>> required = new LinkedHashMap<>();
        requirements.forEach((wheel, lines) -> required.put(wheel, RequiresDist.requirements(lines)));
        return new FollowRequirements(LockFixture.DEBIAN).unmet(required, List.of(PackageName.of("shop")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lib | ",
                "LIB>=1 | ",
                "lib @ https://files.example/lib-9.zip | ",
                "lib (>=1.0.*) | ",
                "lib>=9 ; platform_release > '6' | ",
                "lib>=9 ; sys_platform == 'win32' | ",
                "lib>=9 ; extra == 'fast' | ",
                "shop>=9 | ",
                "lib[more]~=2.0 ; python_version > '3' | web 1 requires lib[more]~=2.0, and there is 1.5rc1",
                "lib>=1.5 | 'web 1 requires lib>=1.5, and there is 1.5rc1'",
                "other | 'web 1 requires other, which is not there'",
                "other @ https://files.example/other.zip | 'web 1 requires other, which is not there'",
            })
    void aRequirementIsMetOrNot(String requirement, String finding) {
        Map<SelectedWheel, List<String>> wheels = new LinkedHashMap<>();
        wheels.put(wheel("lib-1.5rc1"), List.of());
        wheels.put(wheel("web-1"), List.of(requirement));

        assertThat(unmet(wheels)).isEqualTo(finding == null ? List.of() : List.of(finding));
    }

    @Test
    void extrasAreFollowedFromWheelToWheel() {
        Map<SelectedWheel, List<String>> wheels = new LinkedHashMap<>();
        wheels.put(wheel("deep-1"), List.of("gone; extra == 'b'", "never; extra == 'c'"));
        wheels.put(wheel("lib-1"), List.of("deep[B]; extra == 'a'"));
        wheels.put(wheel("web-1", "fast"), List.of("lib[a] ; extra == 'fast'"));

        assertThat(unmet(wheels)).containsExactly("deep 1 requires gone, which is not there");
    }
}
