package dev.pycontainer.layer;

import static dev.pycontainer.layer.LayerTestStore.SCHEME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Check;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Work;
import dev.pycontainer.packaging.wheel.FileFilter;
import dev.pycontainer.testkit.LayerEntries;
import dev.pycontainer.testkit.TestWheels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of wheels that want one place: in one layer, and in layers of their own. */
class FileConflictsTest {

    private static final String SITE = "lib/python3.11/site-packages/";

    @TempDir
    Path directory;

    private LayerTestStore store() {
        return new LayerTestStore(directory.resolve("cache"));
    }

    private static TestWheels wheel(String name) {
        return TestWheels.named(name, "1.0");
    }

    /** A wheel that is larger than others, and so keeps a layer of its own the longest. */
    private static TestWheels large(String name) {
        byte[] noise = new byte[10_000];
        new Random(name.hashCode()).nextBytes(noise);
        return wheel(name).file(name + ".bin", noise);
    }

    private interface Planner {
        Plan of(List<PlannedWheel> wheels);
    }

    /** The largest wheels each in a layer, in the order of their names, and above them one for the others. */
    private static Plan smallestTogether(int free, List<PlannedWheel> wheels) {
        List<PlannedWheel> bySize = wheels.stream()
                .sorted(Comparator.comparingLong(PlannedWheel::size)
                        .reversed()
                        .thenComparing(PlanLayers.BY_NAME.reversed()))
                .toList();
        int alone = wheels.size() <= free ? wheels.size() : free - 1;
        List<WheelGroup> groups = new ArrayList<>(bySize.stream()
                .limit(alone)
                .sorted(PlanLayers.BY_NAME)
                .map(wheel -> WheelGroup.of(List.of(wheel)))
                .toList());
        if (alone < wheels.size()) {
            groups.add(WheelGroup.of(
                    bySize.stream().skip(alone).sorted(PlanLayers.BY_NAME).toList()));
        }
        return new Plan(groups);
    }

    /** Such layers from the lowest up: {@code c a+b}. */
    private static Plan layers(String layers, List<PlannedWheel> wheels) {
        return new Plan(Stream.of(layers.split(" "))
                .map(layer -> WheelGroup.of(wheels.stream()
                        .filter(wheel -> List.of(layer.split("\\+"))
                                .contains(wheel.fileName().name().value()))
                        .sorted(PlanLayers.BY_NAME)
                        .toList()))
                .toList());
    }

    private static String told(Plan plan) {
        return plan.groups().stream()
                .map(group -> group.wheels().stream()
                        .map(wheel -> wheel.fileName().name().value())
                        .collect(Collectors.joining("+")))
                .collect(Collectors.joining(" "));
    }

    /** The wheels as a build writes them, in so many layers. */
    private final class Image {
        final List<LayerBlob> layers = new ArrayList<>();
        final List<String> warnings = new ArrayList<>();
        final LayerTestStore store = store();
        final FileConflicts conflicts;
        final Plan asked;
        int fetched;

        Image(int free, TestWheels... wheels) throws IOException {
            this(all -> smallestTogether(free, all), wheels);
        }

        Image(Planner plan, TestWheels... wheels) throws IOException {
            Map<Digest, WheelInStore> stored = new HashMap<>();
            for (TestWheels wheel : wheels) {
                WheelInStore kept = store.keep(wheel, directory);
                stored.put(kept.wheel().sha256(), kept);
            }
            asked = plan.of(stored.values().stream().map(WheelInStore::wheel).toList());
            FindFileConflicts find = new FindFileConflicts(store.layers, SCHEME, FileFilter.NONE);
            conflicts = find.of(asked, wheel -> {
                fetched++;
                return stored.get(wheel.sha256());
            });
            conflicts.tell(
                    new Check("checks.fileConflict", Check.Level.WARN, finding -> warnings.add(finding.getMessage())));
            WriteWheelLayer write = new WriteWheelLayer(store.layers, SCHEME, FileFilter.NONE);
            for (WheelGroup group : conflicts.plan().groups()) {
                layers.add(write.of(
                        group,
                        group.wheels().stream()
                                .map(wheel -> stored.get(wheel.sha256()))
                                .toList()));
            }
        }

        /** What a container sees: the layers one over the other, without the wheels' own metadata. */
        Map<String, String> files() throws IOException {
            TreeMap<String, String> files = new TreeMap<>();
            for (LayerBlob layer : layers) {
                LayerEntries entries = LayerEntries.of(layer);
                for (String line : entries.lines()) {
                    String path = line.substring(line.indexOf(' ', line.indexOf(':')) + 1);
                    boolean isFile = line.startsWith("f ");
                    files.keySet()
                            .removeIf(
                                    other -> path.startsWith(other + "/") || (isFile && other.startsWith(path + "/")));
                    files.remove(path);
                    if (isFile && !path.contains(".dist-info/") && !path.endsWith(".bin")) {
                        files.put(path, entries.text(path));
                    }
                }
            }
            Map<String, String> below = new TreeMap<>();
            files.forEach((path, text) -> below.put(path.replace("opt/venv/" + SITE, ""), text));
            return below;
        }
    }

    private static TestWheels[] disputing() {
        return new TestWheels[] {
            wheel("a").file("ns/x.py", "a").file("ns/a.py", "a"),
            wheel("b").file("ns/x.py", "b").file("ns/b.py", "b"),
            large("c").file("ns/x.py", "c").file("ns/b.py", "c"),
            wheel("d").file("ns/d.py", "d")
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void theLaterByNameWinsWhicheverShareALayer(int layers) throws IOException {
        Image image = new Image(layers, disputing());

        assertThat(image.files()).isEqualTo(Map.of("ns/a.py", "a", "ns/b.py", "c", "ns/d.py", "d", "ns/x.py", "c"));
        assertThat(image.warnings).containsExactly("""
                        a-1.0-py3-none-any.whl and c-1.0-py3-none-any.whl install different files at %sns/x.py.
                          why    the contents differ; what c-1.0-py3-none-any.whl installs stays, as the later by name
                          do     remove one of the two packages from the lock, or let checks.fileConflict be off""".formatted(SITE), """
                        b-1.0-py3-none-any.whl and c-1.0-py3-none-any.whl install different files at %sns/b.py and 1 path more.
                          why    the contents differ; what c-1.0-py3-none-any.whl installs stays, as the later by name
                          do     remove one of the two packages from the lock, or let checks.fileConflict be off""".formatted(SITE));
    }

    @Test
    void aLayerOfOneWheelIsWholeWhateverItMeets() throws IOException {
        Image alone = new Image(1, wheel("a").file("ns/x.py", "a"));
        Image disputed =
                new Image(2, wheel("a").file("ns/x.py", "a"), wheel("b").file("ns/x.py", "b"));

        assertThat(disputed.layers.get(0).descriptor())
                .isEqualTo(alone.layers.get(0).descriptor());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aFileCoversADirectoryOfAnEarlierWheel(int layers) throws IOException {
        Image image = new Image(
                layers,
                wheel("a").file("ns/x.py", "a").file("ns/y/z.py", "a"),
                large("b").file("ns", "b"),
                wheel("c").file("c.py", "c"));

        assertThat(image.files()).isEqualTo(Map.of("ns", "b", "c.py", "c"));
        assertThat(image.warnings).containsExactly("""
                a-1.0-py3-none-any.whl and b-1.0-py3-none-any.whl disagree on what is a directory, at %sns/x.py and 1 path more.
                  why    a file of one lies where the other needs a directory; what b-1.0-py3-none-any.whl installs stays, as the later by name
                  do     remove one of the two packages from the lock, or let checks.fileConflict be off""".formatted(SITE));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aDirectoryCoversAFileOfAnEarlierWheel(int layers) throws IOException {
        Image image = new Image(
                layers,
                wheel("a").file("ns", "a"),
                large("b").file("ns/x/y.py", "b"),
                wheel("c").file("c.py", "c"));

        assertThat(image.files()).isEqualTo(Map.of("ns/x/y.py", "b", "c.py", "c"));
        assertThat(image.warnings).containsExactly("""
                a-1.0-py3-none-any.whl and b-1.0-py3-none-any.whl disagree on what is a directory, at %sns.
                  why    a file of one lies where the other needs a directory; what b-1.0-py3-none-any.whl installs stays, as the later by name
                  do     remove one of the two packages from the lock, or let checks.fileConflict be off""".formatted(SITE));
    }

    @Test
    void whatLayersCannotExpressIsRefused() throws IOException {
        TestWheels[] wheels = {
            large("a").file("ns/x", "a"),
            wheel("m").file("ns", "m"),
            wheel("n").file("n", ""),
            large("z").file("ns/y", "z")
        };

        assertThat(new Image(4, wheels).files()).isEqualTo(Map.of("n", "", "ns/y", "z"));
        assertThat(new Image(1, wheels).files()).isEqualTo(Map.of("n", "", "ns/y", "z"));
        assertThatThrownBy(() -> new Image(3, wheels))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        Three wheels disagree on what is a directory, around %sns/x of a-1.0-py3-none-any.whl.
                          why    some of them share a layer, and then the later by name cannot cover the others
                          do     raise layers.maximum, or remove one of the packages from the lock""".formatted(SITE));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void equalFilesAndNamespacePackagesAreNoConflict(int layers) throws IOException {
        Image image = new Image(
                layers,
                wheel("a").file("ns/__init__.py", "").file("ns/a.py", "a").file("a-nspkg.pth", "import a\n"),
                wheel("b").file("ns/__init__.py", "").file("ns/b.py", "b"));

        assertThat(image.warnings).isEmpty();
        assertThat(image.files())
                .isEqualTo(Map.of("ns/__init__.py", "", "ns/a.py", "a", "ns/b.py", "b", "a-nspkg.pth", "import a\n"));
    }

    @Test
    void whoGetsWhatItWantsInTheEndHasLostNothing() throws IOException {
        Image image = new Image(
                3,
                wheel("a").file("x.py", "1"),
                wheel("b").file("x.py", "2"),
                wheel("c").file("x.py", "1"));

        assertThat(image.warnings)
                .singleElement()
                .asString()
                .startsWith("b-1.0-py3-none-any.whl and c-1.0-py3-none-any.whl install different files at");
    }

    @Test
    void everyOwnerOfACoveredFileIsNamed() throws IOException {
        Image image = new Image(
                3,
                wheel("a").file("x.py", "1"),
                wheel("b").file("x.py", "1"),
                wheel("c").file("x.py", "2"));

        assertThat(image.warnings).extracting(text -> text.substring(0, 1)).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anotherModeIsAConflict(int layers) throws IOException {
        Image image =
                new Image(layers, wheel("a").executable("tool", "x"), wheel("b").file("tool", "x"));

        assertThat(image.warnings).containsExactly("""
                a-1.0-py3-none-any.whl and b-1.0-py3-none-any.whl install different files at %stool.
                  why    one is executable, the other is not; what b-1.0-py3-none-any.whl installs stays, as the later by name
                  do     remove one of the two packages from the lock, or let checks.fileConflict be off""".formatted(SITE));
        assertThat(LayerEntries.of(image.layers.get(layers - 1)).lines())
                .contains("f 0644 0:0 opt/venv/" + SITE + "tool");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void pathsThatDifferInCaseBothStay(int layers) throws IOException {
        Image image =
                new Image(layers, wheel("a").file("Ns/x.py", "a"), wheel("b").file("ns/X.py", "b"));

        assertThat(image.files()).isEqualTo(Map.of("Ns/x.py", "a", "ns/X.py", "b"));
        assertThat(image.warnings).containsExactly("""
                a-1.0-py3-none-any.whl and b-1.0-py3-none-any.whl install files whose paths differ only in case, at %sns/X.py.
                  why    both stay in the image; a file system that ignores case would hold one of them
                  do     remove one of the two packages from the lock, or let checks.fileConflict be off""".formatted(SITE));
    }

    @Test
    void twoScriptsOfOneNameAreAConflict() throws IOException {
        Image image = new Image(
                2,
                wheel("a").entryPoints("[console_scripts]\nrun = a:main\n"),
                wheel("b").entryPoints("[console_scripts]\nrun = b:main\n"));

        assertThat(image.warnings).singleElement().asString().contains("install different files at bin/run.");
    }

    @Test
    void aCheckThatFailsEndsTheBuildWithTheSameAnswer() throws IOException {
        Image image = new Image(2, wheel("a").file("x.py", "a"), wheel("b").file("x.py", "b"));

        assertThatThrownBy(
                        () -> image.conflicts.tell(new Check("checks.fileConflict", Check.Level.FAIL, finding -> {})))
                .isInstanceOf(BuildRefused.class)
                .hasMessage(image.warnings.get(0));
    }

    @Test
    void whatIsKnownOfAHundredWheelsNeedsNoneOfThem() throws IOException {
        TestWheels[] wheels = IntStream.range(0, 100)
                .mapToObj(i -> wheel("p" + i).file("p" + i + "/__init__.py", "").file("tests/__init__.py", "" + i % 2))
                .toArray(TestWheels[]::new);
        Image first = new Image(20, wheels);
        assertThat(first.store.of(Work.WHEELS_OPENED)).isEqualTo(200);

        Image again = new Image(20, wheels);

        assertThat(again.fetched).isZero();
        assertThat(again.warnings).isEqualTo(first.warnings).hasSize(50);
        assertThat(again.layers)
                .extracting(LayerBlob::descriptor)
                .isEqualTo(first.layers.stream().map(LayerBlob::descriptor).toList());
        assertNothingWasRead(again.store);
        FindFileConflicts find = new FindFileConflicts(again.store.layers, SCHEME, FileFilter.NONE);
        assertThat(find.find(again.asked)).contains(again.conflicts);
        assertNothingWasRead(again.store);

        TestWheels[] another =
                Stream.concat(Stream.of(wheels), Stream.of(wheel("q"))).toArray(TestWheels[]::new);
        assertThat(new Image(100, another).fetched).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b c d", "d c b a", "c b a d", "b d a c", "c a d b", "d c a+b", "c b a+d", "d a b+c", "c d a+b",
                "b c a+d", "a+b c+d", "c+d a+b", "a+c b+d", "b+d a+c", "a+d b+c", "d a+b+c", "c a+b+d", "a b+c+d",
                "a+b+c+d"
            })
    void theLaterByNameWinsHoweverLayersStand(String layers) throws IOException {
        Image image = new Image(wheels -> layers(layers, wheels), disputing());

        assertThat(image.files()).isEqualTo(Map.of("ns/a.py", "a", "ns/b.py", "c", "ns/d.py", "d", "ns/x.py", "c"));
        assertThat(image.warnings).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "d c b a,d a b c",
        "c b a d,a b c d",
        "c d a b,a b c d",
        "d a c b,d a b c",
        "c d a+b,c d a+b",
        "d c b a,d a b c"
    })
    void layersOfOneWheelStandSuchThatTheWinnerLiesAbove(String asked, String resolved) throws IOException {
        Image image = new Image(wheels -> layers(asked, wheels), disputing());

        assertThat(told(image.conflicts.plan())).isEqualTo(resolved);
        FindFileConflicts find = new FindFileConflicts(image.store.layers, SCHEME, FileFilter.NONE);
        assertThat(find.find(image.asked)).contains(image.conflicts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b c", "a c b", "b a c", "b c a", "c a b", "c b a"})
    void alsoWhereAThirdWinsAgainstBoth(String layers) throws IOException {
        Image image = new Image(
                wheels -> layers(layers, wheels),
                wheel("a").file("ns", "a"),
                wheel("b").file("ns/b.py", "b"),
                wheel("c").file("ns/c.py", "c"));

        assertThat(image.files()).isEqualTo(Map.of("ns/b.py", "b", "ns/c.py", "c"));
    }

    private static void assertNothingWasRead(LayerTestStore store) {
        assertThat(store.of(Work.WHEELS_OPENED)).isZero();
        assertThat(store.of(Work.BLOBS_READ)).isZero();
        assertThat(store.of(Work.LAYERS_WRITTEN)).isZero();
    }

    @Test
    void aCacheThatDoesNotKnowTheFilesLearnsThem() throws IOException {
        Image first = new Image(2, disputing());
        for (String kind : List.of("wheel-files", "file-conflicts")) {
            try (Stream<Path> kept =
                    Files.list(directory.resolve("cache/remembered").resolve(kind))) {
                for (Path file : kept.toList()) {
                    Files.delete(file);
                }
            }
        }

        Image again = new Image(2, disputing());

        assertThat(again.fetched).isEqualTo(4);
        assertThat(again.warnings).isEqualTo(first.warnings);
        assertThat(again.store.of(Work.LAYERS_WRITTEN)).isZero();
    }
}
