package dev.pycontainer.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Platform compatibility tags, "Use"; binary distribution format, "build tag". */
class ChooseWheelTest {

    private static final Target DEBIAN = TargetTest.target("3.11.2", "cp311", Libc.GLIBC, "2.36", "x86_64");
    private static final Target ALPINE = TargetTest.target("3.12.11", "cp312", Libc.MUSL, "1.2", "x86_64");
    private static final Target FREE_THREADED = TargetTest.target("3.13.1", "cp313t", Libc.GLIBC, "2.36", "x86_64");

    private static List<WheelFileName> wheels(String prefix, String rest) {
        return List.of(rest.split(" ", -1)).stream()
                .map(it -> WheelFileName.parse(prefix + it + ".whl"))
                .toList();
    }

    private static WheelFileName choose(Target target, List<WheelFileName> wheels) {
        return new ChooseWheel(target)
                .best(wheels, Function.<WheelFileName>identity())
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # The own ABI, then the stable one, then that of an older Python, then pure Python
            py3-none-any cp311-abi3-linux_x86_64 cp311-cp311-linux_x86_64 | cp311-cp311-linux_x86_64
            py3-none-any cp311-abi3-linux_x86_64                          | cp311-abi3-linux_x86_64
            cp38-abi3-linux_x86_64 cp39-abi3-linux_x86_64 py3-none-any    | cp39-abi3-linux_x86_64
            py3-none-any py311-none-any py2.py3-none-any                  | py311-none-any
            # The bare linux, then the newest C library that the base has
            cp311-cp311-manylinux_2_17_x86_64 cp311-cp311-manylinux_2_28_x86_64 cp311-cp311-manylinux_2_39_x86_64 | cp311-cp311-manylinux_2_28_x86_64
            cp311-cp311-linux_x86_64 cp311-cp311-manylinux_2_28_x86_64    | cp311-cp311-linux_x86_64
            cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64 cp311-cp311-musllinux_1_2_x86_64 | cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64
            # The highest build tag, an absent one lowest
            py3-none-any 2-py3-none-any 10-py3-none-any                   | 10-py3-none-any
            # A better tag beats a higher build
            9-py3-none-any 1-py311-none-any                               | 1-py311-none-any
            """)
    void theBestTagWinsThenTheHighestBuild(String names, String best) {
        List<WheelFileName> wheels = new ArrayList<>(wheels("a-1-", names));
        for (int i = 0; i < wheels.size(); i++) {
            Collections.rotate(wheels, 1);
            assertThat(choose(DEBIAN, wheels)).hasToString("a-1-" + best + ".whl");
        }
    }

    @Test
    void aChoiceIsMadeAmongAnythingThatHasAFileName() {
        record Candidate(int index, String fileName) {}
        Candidate windows = new Candidate(0, "a-1-cp311-cp311-win_amd64.whl");
        Candidate pure = new Candidate(1, "a-1-py3-none-any.whl");
        Function<Candidate, WheelFileName> fileName = it -> WheelFileName.parse(it.fileName());
        ChooseWheel choose = new ChooseWheel(DEBIAN);
        assertThat(choose.best(List.of(windows, pure), fileName)).contains(pure);
        assertThat(choose.best(List.of(windows), fileName)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # Python too old for the wheel, and too new
            DEBIAN | cp312-cp312-manylinux_2_17_x86_64 cp313-cp313-manylinux_2_17_x86_64 cp312-cp312-win_amd64 | 0 | Python 3.12 | Python 3.12
            DEBIAN | cp39-cp39-manylinux_2_17_x86_64 cp310-cp310-manylinux_2_17_x86_64 | 1 | Python 3.10 | Python 3.10
            DEBIAN | py313-none-any                       | 0 | Python 3.13 or newer | Python 3.13 or newer
            DEBIAN | cp312-abi3-manylinux_2_17_x86_64     | 0 | Python 3.12 or newer | Python 3.12 or newer
            DEBIAN | py2-none-any                         | 0 | Python 2             | ''
            DEBIAN | cp27-cp27mu-manylinux1_x86_64        | 0 | Python 2.7 and the ABI cp27mu | ''
            # ABI
            DEBIAN | cp311-cp311d-manylinux_2_17_x86_64   | 0 | the ABI cp311d       | a Python of the ABI cp311d
            FREE_THREADED | cp313-cp313-manylinux_2_28_x86_64 cp312-cp312-manylinux_2_28_x86_64 | 0 | the ABI cp313 | a Python of the ABI cp313
            FREE_THREADED | cp39-abi3-manylinux_2_28_x86_64 | 0 | the ABI abi3       | a Python of the ABI abi3
            # Another C library
            ALPINE | cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64 cp312-cp312-macosx_11_0_arm64 | 0 | glibc 2.17 | glibc 2.17 or newer
            DEBIAN | cp311-cp311-musllinux_1_2_x86_64     | 0 | musl 1.2             | musl 1.2 or newer
            # An older C library than the wheel's
            DEBIAN | cp311-cp311-manylinux_2_39_x86_64 cp311-cp311-manylinux_2_41_x86_64 | 0 | glibc 2.39 | glibc 2.39 or newer
            # Two reasons at once
            ALPINE | cp311-cp311-manylinux_2_17_x86_64    | 0 | Python 3.11 and glibc 2.17 | Python 3.11 and glibc 2.17 or newer
            # What no other base could change
            DEBIAN | cp311-cp311-manylinux_2_17_aarch64 cp311-cp311-win_amd64 | 0 | linux aarch64 | ''
            DEBIAN | cp311-cp311-win_amd64                | 0 | Windows              | ''
            DEBIAN | cp311-cp311-macosx_11_0_arm64        | 0 | macOS                | ''
            DEBIAN | cp311-cp311-pyodide_2024_0_wasm32    | 0 | pyodide_2024_0_wasm32 | ''
            DEBIAN | pp311-pypy311_pp73-manylinux_2_17_x86_64 | 0 | the Python "pp311" | ''
            DEBIAN | cp311-cp311-any                      | 0 | the tag cp311-cp311-any | ''
            DEBIAN | cp399999-cp399999-any                | 0 | Python 3.99999       | Python 3.99999
            """)
    void whereNoneFitsTheNearestIsNamedAndWhy(String target, String names, int nearest, String isFor, String base) {
        Target has = target.equals("DEBIAN") ? DEBIAN : target.equals("ALPINE") ? ALPINE : FREE_THREADED;
        List<WheelFileName> wheels = wheels("torch-2.3.0-", names);

        List<Misfit> misfits = new ChooseWheel(has).misfits(wheels);

        assertThat(misfits).hasSameSizeAs(wheels);
        assertThat(misfits.get(0))
                .isEqualTo(
                        new Misfit(wheels.get(nearest), isFor, base.isEmpty() ? Optional.empty() : Optional.of(base)));
    }

    @Test
    void theBaseIsDescribedInWords() {
        assertThat(DEBIAN.description()).isEqualTo("CPython 3.11 (cp311) with glibc 2.36 on linux x86_64");
        assertThat(ALPINE.description()).isEqualTo("CPython 3.12 (cp312) with musl 1.2 on linux x86_64");
    }
}
