package dev.pycontainer.packaging.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Json;
import dev.pycontainer.packaging.Version;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Poetry's page "Dependency specification", and the answers of poetry-core that {@code src/test/oracle/poetry} keeps. */
class PoetryConstraintTest {

    private static final Set<String> KNOWN = Set.of(
            // Poetry-core no longer reads these; its first releases did, and their files are still there.
            "(>=1.2,<2)",
            "1.x",
            "===1.2.3",
            // Beside another clause "!=1.2.3" excludes its post-releases for Poetry, alone it does not; PEP 440 says
            // no.
            "1.2.*,!=1.2.3",
            "!=1.2,!=1.3");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // "Caret requirements"
                "^1.2.3 | >=1.2.3,<2.0.0",
                "^1.2   | >=1.2,<2.0",
                "^1     | >=1,<2",
                "^0.2.3 | >=0.2.3,<0.3.0",
                "^0.0.3 | >=0.0.3,<0.0.4",
                "^0.0   | >=0.0,<0.1",
                "^0     | >=0,<1",
                // "Tilde requirements"
                "~1.2.3 | >=1.2.3,<1.3.0",
                "~1.2   | >=1.2,<1.3",
                "~1     | >=1,<2",
                // "Wildcard requirements"
                "*      | ''",
                "1.*    | ==1.*",
                "1.2.*  | ==1.2.*",
                // "Inequality requirements", "Multiple requirements", "Exact requirements"
                ">= 1.2.0 | >=1.2.0",
                "!= 1.2.3 | !=1.2.3",
                ">= 1.2, < 1.5 | >=1.2,<1.5",
                "==1.2.3 | ==1.2.3",
                "1.2.3  | ==1.2.3",
                "*, <2  | <2",
            })
    void saysTheSameInTheOperatorsOfTheStandard(String constraint, String specifiers) {
        assertThat(PoetryConstraint.parse(constraint).specifiers()).isEqualTo(specifiers);
    }

    /** The standard knows no "or". */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "^1.2; ^2.1             | >=1.2,<3.0",
                "^2.1; ^1.2             | >=1.2,<3.0",
                "1.2; 1.3               | >=1.2,<=1.3",
                ">=1; >1                | >=1",
                ">1; >=1                | >=1",
                ">1; >1.5               | >1",
                "<=2rc1; <2rc1          | <=2rc1",
                "<2rc1; <=2rc1          | <=2rc1",
                "<2; >=3                | ''",
                ">=3; <2                | ''",
                // The narrowest of each alternative counts.
                ">=1,>=2,<5,<4; 3       | >=2,<4",
                ">=2,>=1,<4,<5; 3       | >=2,<4",
                ">1,>=1,<=2rc1,<2rc1; 2.dev0 | >1,<2rc1",
                ">=1,>1,<2rc1,<=2rc1; 2.dev0 | >1,<2rc1",
                ">=1,!=1.5; 2           | >=1",
            })
    void alternativesAreToldByTheirOuterBounds(String constraint, String specifiers) {
        assertThat(PoetryConstraint.parse(constraint.replace(";", " ||")).specifiers())
                .isEqualTo(specifiers);
    }

    @ParameterizedTest
    @CsvSource({"<2.dev1, 2.dev0", "<2.0a1, 2.0a0", "<2.0a1, 2.0a1.dev0"})
    void belowAPreReleaseAreEarlierOnes(String constraint, String version) {
        assertThat(PoetryConstraint.parse(constraint).allows(Version.parse(version)))
                .isTrue();
    }

    @Test
    void allowsWhatPoetryAllows() throws IOException {
        List<JsonNode> rows = rows();
        List<Version> versions = StreamSupport.stream(rows.get(1).spliterator(), false)
                .map(JsonNode::stringValue)
                .map(Version::parse)
                .toList();
        List<String> differences = new ArrayList<>();
        for (JsonNode row : rows.subList(2, rows.size())) {
            String text = row.path(0).stringValue();
            String theirs = row.path(1).asString("refused");
            String ours = allowed(text, versions);
            if (!ours.equals(theirs) && !KNOWN.contains(text)) {
                differences.add("\"" + text + "\" " + differing(versions, theirs, ours));
            }
        }

        assertThat(differences).isEmpty();
        assertThat(rows).hasSizeGreaterThan(130);
    }

    private static String allowed(String text, List<Version> versions) {
        try {
            PoetryConstraint constraint = PoetryConstraint.parse(text);
            return versions.stream()
                    .map(version -> constraint.allows(version) ? "1" : "0")
                    .collect(Collectors.joining());
        } catch (BuildRefused refused) {
            return "refused";
        }
    }

    private static String differing(List<Version> versions, String theirs, String ours) {
        if (theirs.length() != ours.length()) {
            return "theirs " + theirs + ", ours " + ours;
        }
        List<String> differing = new ArrayList<>();
        for (int i = 0; i < ours.length(); i++) {
            if (ours.charAt(i) != theirs.charAt(i)) {
                differing.add((ours.charAt(i) == '1' ? "+" : "-") + versions.get(i));
            }
        }
        return String.join(" ", differing);
    }

    private static List<JsonNode> rows() throws IOException {
        try (InputStream in = PoetryConstraintTest.class.getResourceAsStream("poetry-constraints.jsonl")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> Json.read(line.getBytes(StandardCharsets.UTF_8), "poetry-constraints.jsonl"))
                    .toList();
        }
    }

    @Test
    void anEndlessConstraintIsNotRead() {
        assertThatThrownBy(() -> PoetryConstraint.parse(">=1,".repeat(257))).hasMessage("""
                A version constraint of 1028 characters is not read.
                  why    no constraint that means something is longer than 1024""");
    }

    @Test
    void whatIsNoConstraintIsRefused() {
        assertThatThrownBy(() -> PoetryConstraint.parse(">=1.2,about 3")).hasMessage("""
                The version constraint ">=1.2,about 3" cannot be read.
                  why    "about" is not a version constraint: Poetry knows ^, ~, ~=, ==, !=, <, <=, >, >= before a version, and wildcards such as 1.*""");
    }
}
