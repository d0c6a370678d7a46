package dev.pycontainer;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

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
