package dev.pycontainer;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipOutputStream;

/** The floors of docs/design.md: a room imports from floors below it, never from above and never from its own. */
@AnalyzeClasses(packages = "dev.pycontainer", importOptions = ImportOption.DoNotIncludeTests.class)
class FloorsTest {

    private static final List<List<String>> FLOORS = List.of(
            List.of("content"),
            List.of("archive", "store", "http", "oci"),
            List.of("registry", "packaging", "debian", "rootfs"),
            List.of("base", "layer", "project"),
            List.of("attest"),
            List.of("build"),
            List.of("maven"));

    @ArchTest
    static final ArchRule roomsImportFromFloorsBelowOnly = ArchRuleDefinition.classes()
            .should(importFromFloorsBelowOnly())
            .because("docs/design.md, \"Rooms and floors\", says so");

    @ArchTest
    static final ArchRule onlyTheMavenRoomKnowsMaven = noClasses()
            .that()
            .resideOutsideOfPackage("dev.pycontainer.maven..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.apache.maven.."));

    @ArchTest
    static final ArchRule nothingOfTheJdksDeflaterReachesADigest = noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Deflater.class, DeflaterOutputStream.class, GZIPOutputStream.class, ZipOutputStream.class)
            .because("a JDK's zlib differs between vendors, and with it the bytes");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.pycontainer.(**)").should().beFreeOfCycles();

    /** Who of the rooms that deal with the user's files reads files by itself, and why what is read decides no image. */
    private static final Map<String, String> READ_BY_THEMSELVES = Map.ofEntries(
            Map.entry("project.ReadSourceTree", "the tree decides no image, and tells itself what it was read from"),
            Map.entry("project.WorkTreeIterator", "likewise"),
            Map.entry("project.GitSettings", "likewise"),
            Map.entry("project.GitFiles", "likewise"),
            Map.entry("build.UntouchedImage", "the build's own records"),
            Map.entry("packaging.index.Netrc", "credentials"),
            Map.entry("packaging.index.PipCache", "what it has is believed by its digest only"),
            Map.entry("build.BuiltImage", "the build's own records"),
            Map.entry("build.ImageRecords", "the build's own records"),
            Map.entry("build.WriteArchive", "written by the goal tar"),
            Map.entry("maven.BuildMojo", "names the module's artifact"),
            Map.entry("maven.PluginIdentity", "looks where the plugin's own classes lie"),
            Map.entry("maven.Unwritable", "explains why something could not be written"));

    @ArchTest
    static final ArchRule theUsersFilesAreReadThroughDisk = ArchRuleDefinition.classes()
            .that()
            .resideInAnyPackage(
                    "dev.pycontainer.project..",
                    "dev.pycontainer.packaging..",
                    "dev.pycontainer.build..",
                    "dev.pycontainer.maven..")
            .should(readNoFilesByThemselves())
            .because("what is read behind the back of content.Disk could change without a build seeing it");

    private static ArchCondition<JavaClass> readNoFilesByThemselves() {
        return new ArchCondition<>("read files through content.Disk") {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                String name = origin.getName().substring("dev.pycontainer.".length());
                if (READ_BY_THEMSELVES.containsKey(name.split("\\$", 2)[0])) {
                    return;
                }
                readsOfFiles(origin)
                        .forEach(access -> events.add(SimpleConditionEvent.violated(access, access.getDescription())));
            }
        };
    }

    /** References such as {@code Files::exists} are among them. */
    private static Stream<JavaAccess<?>> readsOfFiles(JavaClass origin) {
        return origin.getAccessesFromSelf().stream()
                .filter(access -> isOfFiles(
                        access.getTargetOwner().getFullName(),
                        access.getTarget().getName()));
    }

    /** An exception that is none would hide the next reader of files in its class, and a rule that finds nothing all. */
    @ArchTest
    static void whoReadsFilesByThemselvesDoesSo(JavaClasses classes) {
        Set<String> found = classes.stream()
                .filter(origin -> readsOfFiles(origin).findAny().isPresent())
                .map(origin ->
                        origin.getName().substring("dev.pycontainer.".length()).split("\\$", 2)[0])
                .collect(Collectors.toSet());
        org.assertj.core.api.Assertions.assertThat(found).containsAll(READ_BY_THEMSELVES.keySet());
    }

    private static boolean isOfFiles(String owner, String member) {
        return switch (owner) {
            case "java.nio.file.Path" -> Set.of("toRealPath", "toFile").contains(member);
            case "java.io.File" -> !member.equals("toPath");
            case "java.nio.file.Files",
                    "java.io.FileInputStream",
                    "java.io.FileReader",
                    "java.io.RandomAccessFile",
                    "java.nio.channels.FileChannel",
                    "java.nio.channels.AsynchronousFileChannel",
                    "java.util.zip.ZipFile",
                    "java.util.jar.JarFile",
                    "dev.pycontainer.content.Executable" -> true;
            default -> false;
        };
    }

    private static ArchCondition<JavaClass> importFromFloorsBelowOnly() {
        Map<String, Integer> floorOf = new LinkedHashMap<>();
        FLOORS.forEach(floor -> floor.forEach(room -> floorOf.put(room, FLOORS.indexOf(floor))));
        return new ArchCondition<>("import from floors below only") {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                String from = roomOf(origin);
                if (!floorOf.containsKey(from)) {
                    events.add(SimpleConditionEvent.violated(origin, origin.getName() + " stands in no room"));
                    return;
                }
                origin.getDirectDependenciesFromSelf().forEach(dependency -> {
                    String to = roomOf(dependency.getTargetClass());
                    if (floorOf.containsKey(to) && !to.equals(from) && floorOf.get(to) >= floorOf.get(from)) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                });
            }
        };
    }

    private static String roomOf(JavaClass javaClass) {
        String prefix = "dev.pycontainer.";
        String name = javaClass.getPackageName() + ".";
        return name.startsWith(prefix) ? name.substring(prefix.length(), name.indexOf('.', prefix.length())) : "";
    }

    /** The rules above are worth nothing where the classes were not found. */
    @ArchTest
    static void theClassesAreThere(JavaClasses classes) {
        org.assertj.core.api.Assertions.assertThat(classes.contain("dev.pycontainer.content.Digest"))
                .isTrue();
    }
}
