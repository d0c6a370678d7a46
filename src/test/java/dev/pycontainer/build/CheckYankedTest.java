package dev.pycontainer.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Check;
import dev.pycontainer.content.Digest;
import dev.pycontainer.packaging.lock.FileLocation;
import dev.pycontainer.packaging.lock.IndexNotes;
import dev.pycontainer.packaging.lock.LockFixture;
import dev.pycontainer.packaging.lock.LockedFile;
import dev.pycontainer.packaging.lock.LockedPackage;
import dev.pycontainer.packaging.lock.SelectWheels;
import dev.pycontainer.packaging.lock.Selection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wheels that their index has taken back. */
class CheckYankedTest {

    private static final Map<String, Optional<String>> YANKED =
            Map.of("alpha", Optional.empty(), "beta", Optional.of("broken"), "gamma", Optional.of(""));

    @TempDir
    Path directory;

    private final List<String> warnings = new ArrayList<>();

    @Test
    void eachIsWarnedOfWithItsReason() {
        check(Check.Level.WARN).in(selection());

        assertThat(warnings).containsExactly("""
                        beta-1.0-py3-none-any.whl was yanked from its index.
                          where  requirements.txt: package "beta" 1.0
                          why    broken
                          do     lock a newer version, or set checks.yanked to off""", """
                        gamma-1.0-py3-none-any.whl was yanked from its index.
                          where  requirements.txt: package "gamma" 1.0
                          do     lock a newer version, or set checks.yanked to off""");
    }

    @Test
    void theUserHasTheLastWord() {
        assertThatThrownBy(() -> check(Check.Level.FAIL).in(selection()))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("beta-1.0-py3-none-any.whl was yanked from its index.")
                .hasMessageEndingWith("or set checks.yanked to warn");
        check(Check.Level.OFF).in(selection());
        assertThat(warnings).isEmpty();
    }

    private CheckYanked check(Check.Level level) {
        return new CheckYanked(new Check("checks.yanked", level, finding -> warnings.add(finding.getMessage())));
    }

    private Selection selection() {
        String lock = YANKED.keySet().stream()
                .map(name -> name + "==1.0 --hash=sha256:" + Digest.of("wheel").hex() + "\n")
                .collect(Collectors.joining());
        return new SelectWheels(
                        packages -> packages.stream()
                                .collect(Collectors.toMap(LockedPackage::name, needed -> List.of(wheel(needed)))),
                        LockFixture.NO_WHEELS,
                        LockFixture.FRESH)
                .from(
                        LockFixture.read(directory, "requirements.txt", lock),
                        LockFixture.app(List.of(), List.of()),
                        LockFixture.COMMAND);
    }

    private static LockedFile wheel(LockedPackage needed) {
        String file = needed.name() + "-1.0-py3-none-any.whl";
        return new LockedFile(
                file,
                Digest.of("wheel"),
                OptionalLong.empty(),
                new FileLocation.Url("https://files.example/" + file),
                new IndexNotes(YANKED.get(needed.name().value()), Optional.empty(), Optional.empty()));
    }
}
