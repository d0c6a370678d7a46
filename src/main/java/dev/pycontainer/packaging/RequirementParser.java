package dev.pycontainer.packaging;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the production {@code specification} of dependency specifiers (PEP 508), "Grammar", by recursive descent. */
final class RequirementParser {

    private final SourceText source;

    RequirementParser(SourceText source) {
        this.source = source;
    }

    /** specification = wsp* ( url_req | name_req ) wsp*, where both begin with name wsp* extras? wsp* */
    Requirement specification() {
        source.skipBlanks();
        PackageName name = PackageName.of(identifier("a package name"));
        source.skipBlanks();
        List<String> extras = source.looksAt("[") ? extras() : List.of();
        source.skipBlanks();
        String url = source.accept("@") ? url() : null;
        SpecifierSet specifiers = url == null ? new SpecifierSet(versionspec()) : SpecifierSet.any();
        source.skipBlanks();
        Marker marker = quotedMarker(url != null, specifiers);
        return new Requirement(name, Extra.normalized(extras), specifiers, url, marker);
    }

    /** identifier = letterOrDigit (('-' | '_' | '.')* letterOrDigit)* */
    private String identifier(String what) {
        int start = source.position();
        String text = source.readWhile(c -> SourceText.isLetterOrDigit(c) || "-_.".indexOf(c) >= 0);
        if (text.isEmpty()) {
            throw source.refused("expected " + what + " before " + source.next());
        }
        if (!SourceText.isLetterOrDigit(text.charAt(0))
                || !SourceText.isLetterOrDigit(text.charAt(text.length() - 1))) {
            throw source.refusedSince(start, what + " begins and ends with a letter or digit");
        }
        return text;
    }

    /** extras = '[' wsp* (identifier (wsp* ',' wsp* identifier)*)? wsp* ']' */
    private List<String> extras() {
        int start = source.position();
        source.accept("[");
        source.skipBlanks();
        List<String> names = new ArrayList<>();
        if (!source.looksAt("]")) {
            do {
                source.skipBlanks();
                names.add(identifier("the name of an extra"));
                source.skipBlanks();
            } while (source.accept(","));
        }
        if (!source.accept("]")) {
            throw source.refusedSince(start, "expected a comma or the closing bracket before " + source.next());
        }
        return names;
    }

    /** urlspec = '@' wsp* URI_reference, which ends at the first blank */
    private String url() {
        source.skipBlanks();
        String url = source.readWhile(c -> c != ' ' && c != '\t');
        if (url.isEmpty()) {
            throw source.refused("expected a URL after `@`");
        }
        return url;
    }

    /** versionspec = ( '(' version_many ')' ) | version_many */
    private List<Specifier> versionspec() {
        int start = source.position();
        boolean parenthesis = source.accept("(");
        source.skipBlanks();
        List<Specifier> clauses =
                source.looksAt(c -> "<>=!~".indexOf(c) >= 0) ? new SpecifierParser(source).versionMany() : List.of();
        if (parenthesis) {
            source.skipBlanks();
            if (!source.accept(")")) {
                throw source.refusedSince(start, "expected a comma or the closing parenthesis before " + source.next());
            }
        }
        return clauses;
    }

    /** quoted_marker = ';' wsp* marker */
    private @Nullable Marker quotedMarker(boolean afterUrl, SpecifierSet specifiers) {
        if (source.atEnd()) {
            return null;
        }
        if (!source.accept(";")) {
            throw source.refused("expected " + continuation(afterUrl, specifiers) + " before " + source.next());
        }
        MarkerExpression expression = new MarkerParser(source).marker();
        source.skipBlanks();
        if (!source.atEnd()) {
            throw source.refused("expected `and`, `or` or the end before " + source.next());
        }
        return new Marker(expression);
    }

    private static String continuation(boolean afterUrl, SpecifierSet specifiers) {
        if (afterUrl) {
            return "`;` after the URL and a blank, or the end,";
        }
        return specifiers.isEmpty() ? "a version specifier, `@`, `;` or the end" : "a comma, `;` or the end";
    }
}
