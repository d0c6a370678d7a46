package dev.pycontainer.packaging.lock;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Disk;
import dev.pycontainer.packaging.ChooseWheel;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Locks that real tools wrote: the same packages, versions and files as their own exporters and {@code packaging} say. */
class RealLocksTest {

    private static final Map<Target, ChooseWheel> CHOICES = new ConcurrentHashMap<>();

    static Stream<RealLock> locks() throws IOException {
        return RealLock.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("locks")
    void givesWhatItsOwnToolTakes(RealLock real) throws IOException {
        // given
        Lock lock = read(real);
        Answer answer = new Answer(real, lock);

        // when, then
        List<String> differences = new ArrayList<>();
        for (RealLock.Question question : real.questions()) {
            Map<String, List<String>> targets = new LinkedHashMap<>();
            answer.to(question)
                    .forEach((name, actual) -> difference(question.answers().get(name), actual)
                            .forEach(line -> targets.computeIfAbsent(line, absent -> new ArrayList<>())
                                    .add(name)));
            targets.forEach((line, names) -> differences.add(question + ": " + line + " on "
                    + (names.size() == RealLock.TARGETS.size() ? "all targets" : String.join(" ", names))));
        }
        assertThat(differences).as(real + ", differences").isEmpty();
    }

    private static Lock read(RealLock real) {
        return new LockReader(new Disk(), Map.of()).read(real.lock());
    }

    @Test
    void areOfEveryFormatAndEveryDifficulty() throws IOException {
        // given
        List<RealLock> all = RealLock.all().toList();

        // then
        assertThat(all).hasSizeGreaterThanOrEqualTo(40);
        assertThat(all.stream().collect(groupingBy(RealLock::kind, counting())))
                .containsOnlyKeys(
                        "uv.lock", "pylock.toml", "requirements.txt", "poetry.lock", "pdm.lock", "Pipfile.lock")
                .allSatisfy((kind, count) -> assertThat(count).isGreaterThanOrEqualTo(4));
        assertThat(all).filteredOn(RealLock::isWorkspace).hasSizeGreaterThanOrEqualTo(6);
        assertThat(all).filteredOn(RealLock::hasForks).hasSizeGreaterThanOrEqualTo(4);
        assertThat(all).filteredOn(real -> real.needs("nvidia-")).hasSizeGreaterThanOrEqualTo(6);
    }

    @Test
    void areAskedForEveryTarget() throws IOException {
        assertThat(RealLock.TARGETS).hasSize(4 * 2 * 3);
        assertThat(RealLock.all())
                .allSatisfy(real -> assertThat(real.questions())
                        .isNotEmpty()
                        .allSatisfy(question ->
                                assertThat(question.answers()).containsOnlyKeys(RealLock.TARGETS.keySet())));
    }

    /** In words: what is missing, what is too much, and what is another. */
    private static List<String> difference(SortedMap<String, String> expected, SortedMap<String, String> actual) {
        if (expected.containsKey(RealLock.Question.REFUSED)) {
            return actual.containsKey(RealLock.Question.REFUSED)
                    ? List.of()
                    : List.of("not refused (" + expected.get(RealLock.Question.REFUSED) + ")");
        }
        if (actual.containsKey(RealLock.Question.REFUSED)) {
            return List.of("refused: " + actual.get(RealLock.Question.REFUSED));
        }
        List<String> differences = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(expected.keySet());
        names.addAll(actual.keySet());
        for (String name : names) {
            String wanted = expected.get(name);
            String got = actual.get(name);
            if (wanted == null) {
                differences.add("extra " + name + " " + got);
            } else if (got == null) {
                differences.add("missing " + name + " " + wanted);
            } else if (!same(wanted, got)) {
                differences.add("other " + name + ": " + got + " instead of " + wanted);
            }
        }
        return differences;
    }

    // "-" stands for a version that the peer does not tell.
    private static boolean same(String wanted, String got) {
        return wanted.equals(got) || (wanted.startsWith("- ") && got.endsWith(wanted.substring(1)));
    }

    /** What the product answers for one lock. */
    private static final class Answer {

        private final RealLock real;
        private final Lock lock;
        private final Map<String, List<LockedFile>> pages;
        private final Map<RealLock.Question, Optional<Pyproject>> projects = new HashMap<>();
        private final Map<List<Object>, CandidateFiles> candidates = new ConcurrentHashMap<>();

        Answer(RealLock real, Lock lock) throws IOException {
            this.real = real;
            this.lock = lock;
            this.pages = real.pages();
            for (RealLock.Question question : real.questions()) {
                projects.put(question, Pyproject.in(new Disk(), question.project()));
            }
        }

        /** By the targets' names, in their order; one target does not wait for another. */
        SortedMap<String, SortedMap<String, String>> to(RealLock.Question question) {
            SortedMap<String, SortedMap<String, String>> answers = new ConcurrentSkipListMap<>();
            RealLock.TARGETS.entrySet().parallelStream()
                    .forEach(target -> answers.put(target.getKey(), to(question, target.getValue())));
            return answers;
        }

        private SortedMap<String, String> to(RealLock.Question question, Target target) {
            SortedMap<String, String> answer = new TreeMap<>();
            try {
                Wanted wanted = Wanted.of(
                        question.project(), projects.get(question), target, question.extras(), question.groups());
                for (LockedPackage needed : lock.select(wanted).packages()) {
                    answer.put(
                            needed.name().value(),
                            needed.version().map(Version::toString).orElse("-") + " " + file(needed, target));
                }
                return answer;
            } catch (BuildRefused refused) {
                return new TreeMap<>(Map.of(
                        RealLock.Question.REFUSED,
                        String.valueOf(refused.getMessage())
                                .lines()
                                .map(String::strip)
                                .collect(joining(" "))));
            }
        }

        private String file(LockedPackage needed, Target target) {
            if (needed.files() instanceof LockedFiles.Member member) {
                return "member:" + real.directory().relativize(member.directory());
            }
            // Their names are read once for all targets.
            CandidateFiles files = candidates.computeIfAbsent(
                    List.of(needed.name(), needed.version(), needed.files()),
                    absent -> CandidateFiles.of(needed, indexed(needed), target));
            return CHOICES.computeIfAbsent(target, ChooseWheel::new)
                    .best(files.wheels(), WheelCandidate::name)
                    .map(wheel -> wheel.name().fileName())
                    .orElse("no-wheel");
        }

        private List<LockedFile> indexed(LockedPackage needed) {
            List<LockedFile> page = needed.version()
                    .map(version -> pages.getOrDefault(RealLock.key(needed.name(), version), List.of()))
                    .orElse(List.of());
            if (needed.files() instanceof LockedFiles.Hashed hashed) {
                return page.stream()
                        .filter(file -> hashed.hashes().contains(file.sha256()))
                        .toList();
            }
            return needed.files() instanceof LockedFiles.Unhashed ? page : List.of();
        }
    }
}
