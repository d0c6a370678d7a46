package dev.pycontainer.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.content.Digest;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.WheelFileName;
import dev.pycontainer.testkit.LockHistory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** That a change of one package leaves the layers of all others as they are, over random and over real sequences. */
class PlanHistoryTest {

    private static PlannedWheel wheel(String name, String version, long size) {
        return new PlannedWheel(
                WheelFileName.parse(name.replace('-', '_') + "-" + version + "-py3-none-any.whl"),
                Digest.of(name + " " + version),
                size,
                Optional.empty());
    }

    /** A lock that has one package added, removed or bumped at a time. */
    private static final class RandomLock {
        private static final List<String> WORDS = List.of("django", "azure", "types", "google", "lang", "py", "x");
        private final Random random;
        final NavigableMap<String, PlannedWheel> wheels = new TreeMap<>();
        private int version;

        RandomLock(int seed) {
            this.random = new Random(seed);
        }

        /** The name of the package that changed. */
        String change(int most) {
            version++;
            String name = WORDS.get(random.nextInt(WORDS.size())) + "-" + random.nextInt(most);
            if (wheels.containsKey(name) && random.nextInt(3) == 0) {
                wheels.remove(name);
            } else {
                // From 1 KiB to 16 MiB; a bump changes the size a little, or altogether.
                long known = wheels.containsKey(name) ? wheels.get(name).size() : 0;
                long size = known > 0 && random.nextInt(4) > 0
                        ? Math.round(known * (0.9 + random.nextDouble() / 4))
                        : 1L << (10 + random.nextInt(15));
                wheels.put(name, wheel(name, "1." + version, size));
            }
            return name;
        }
    }

    private static Plan plan(int free, KeptLayers kept, Collection<PlannedWheel> wheels) {
        return new PlanLayers(free, kept).of(List.copyOf(wheels));
    }

    /** The layers that hold none of these packages: what they hold, from the lowest up. */
    private static List<Set<Digest>> without(Set<String> packages, Plan plan) {
        return plan.groups().stream()
                .filter(group -> group.wheels().stream()
                        .noneMatch(wheel ->
                                packages.contains(wheel.fileName().name().value())))
                .map(group -> Set.copyOf(group.digests()))
                .toList();
    }

    /** The packages of the layers that this one has in a plan. */
    private static Set<String> around(String name, Plan plan) {
        return plan.groups().stream()
                .map(group -> group.wheels().stream()
                        .map(wheel -> wheel.fileName().name().value())
                        .collect(Collectors.toSet()))
                .filter(names -> names.contains(name))
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
    }

    /** Layers of packages that shared none with the changed one, before and after, and their order, are the same. */
    private static void assertOthersStay(String changed, Plan before, Plan after) {
        Set<String> touched = new HashSet<>(around(changed, before));
        touched.addAll(around(changed, after));
        touched.add(changed);

        assertThat(without(touched, after)).isEqualTo(without(touched, before));
    }

    @ParameterizedTest
    @CsvSource({"94, 15", "54, 9", "24, 4"})
    void aChangeTouchesOnlyTheLayerOfItsPackage(int free, int most) {
        RandomLock lock = new RandomLock(free);
        int ownLayers = new PlaceWheels(free).own();
        Plan before = plan(free, KeptLayers.NONE, lock.wheels.values());
        int compared = 0;
        for (int i = 0; i < 200; i++) {
            String changed = lock.change(most);
            Plan after = plan(free, KeptLayers.NONE, lock.wheels.values());
            if (large(before) <= ownLayers && large(after) <= ownLayers) {
                compared++;
                assertOthersStay(changed, before, after);
            }
            before = after;
        }
        assertThat(compared).isGreaterThan(120);
    }

    private static long large(Plan plan) {
        return plan.groups().stream()
                .flatMap(group -> group.wheels().stream())
                .filter(wheel -> wheel.size() >= PlaceWheels.LARGE)
                .count();
    }

    @ParameterizedTest
    @CsvSource({"94, 40", "54, 30", "24, 20", "4, 10"})
    void whereLargeWheelsAreTooManyAtMostOneOtherMoves(int free, int most) {
        RandomLock lock = new RandomLock(free);
        Plan before = plan(free, KeptLayers.NONE, lock.wheels.values());
        for (int i = 0; i < 200; i++) {
            String changed = lock.change(most);
            Plan after = plan(free, KeptLayers.NONE, lock.wheels.values());
            Map<PackageName, ?> was = KeptLayers.of(before).shared();
            assertThat(KeptLayers.of(after).shared().entrySet())
                    .filteredOn(entry -> !entry.getKey().value().equals(changed)
                            && was.containsKey(entry.getKey())
                            && !entry.getValue().equals(was.get(entry.getKey())))
                    .hasSizeLessThanOrEqualTo(1);
            before = after;
        }
    }

    @ParameterizedTest
    @CsvSource({"94, 40", "54, 30", "24, 20", "4, 10", "2, 5", "1, 5"})
    void whatIsKeptNeverMoves(int free, int most) {
        RandomLock lock = new RandomLock(free);
        Plan before = plan(free, KeptLayers.NONE, lock.wheels.values());
        for (int i = 0; i < 200; i++) {
            String changed = lock.change(most);
            Plan after = plan(free, KeptLayers.of(before), lock.wheels.values());
            assertOthersStay(changed, before, after);
            before = after;
        }
    }

    @ParameterizedTest
    @CsvSource({"94, 40", "24, 20", "4, 10"})
    void whatWasKeptOnceStaysWhateverComesLater(int free, int most) {
        RandomLock lock = new RandomLock(free);
        for (int i = 0; i < 200; i++) {
            lock.change(most);
        }
        KeptLayers kept = KeptLayers.of(plan(free, KeptLayers.NONE, lock.wheels.values()));
        for (int i = 0; i < 300; i++) {
            lock.change(most);
            Map<PackageName, OptionalInt> places = new HashMap<>(
                    KeptLayers.of(plan(free, kept, lock.wheels.values())).shared());
            places.keySet().retainAll(kept.shared().keySet());
            assertThat(kept.shared()).containsAllEntriesOf(places);
        }
    }

    static Stream<String> sets() {
        return LockHistory.SETS.stream();
    }

    /** @param known the wheels of earlier locks */
    private static List<PlannedWheel> wheels(Map<String, LockHistory.Locked> lock, Map<String, PlannedWheel> known) {
        List<PlannedWheel> wheels = new ArrayList<>();
        lock.forEach((name, locked) -> {
            if (!name.equals(LockHistory.PROJECT)) {
                wheels.add(known.computeIfAbsent(
                        name + " " + locked.version(), none -> wheel(name, locked.version(), locked.size())));
            }
        });
        return wheels;
    }

    @ParameterizedTest
    @MethodSource("sets")
    void realUpgradesMoveNothingThatIsKept(String set) {
        Map<String, PlannedWheel> known = new HashMap<>();
        for (int free : List.of(4, 24)) {
            Map<PackageName, OptionalInt> places = new HashMap<>();
            KeptLayers kept = KeptLayers.NONE;
            for (Map<String, LockHistory.Locked> lock : LockHistory.of(set).oneAtATime()) {
                Plan plan = plan(free, kept, wheels(lock, known));
                assertThat(plan.groups()).hasSizeLessThanOrEqualTo(free);
                kept = KeptLayers.of(plan);
                places.keySet().retainAll(kept.shared().keySet());
                assertThat(kept.shared()).containsAllEntriesOf(places);
                places.putAll(kept.shared());
            }
        }
    }

    @Test
    void withOneLayerMoreOnlyOneWheelOrTheWheelsOfOneLayerMove() {
        List<PlannedWheel> wheels = wheels(LockHistory.of("agents").months().get(0), new HashMap<>());
        for (int free = 4; free < 100; free++) {
            Map<PackageName, ?> before =
                    KeptLayers.of(plan(free, KeptLayers.NONE, wheels)).shared();
            Plan after = plan(free + 1, KeptLayers.NONE, wheels);
            Set<Object> moved = KeptLayers.of(after).shared().entrySet().stream()
                    .filter(entry -> !entry.getValue().equals(before.get(entry.getKey())))
                    .map(entry -> entry.getValue())
                    .collect(Collectors.toSet());
            assertThat(moved).hasSizeLessThanOrEqualTo(1);
        }
    }
}
