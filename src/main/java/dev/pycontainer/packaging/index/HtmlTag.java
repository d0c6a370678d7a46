package dev.pycontainer.packaging.index;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An opening tag of an HTML page, with its attributes unescaped.
 *
 * @param name in lower case
 */
record HtmlTag(String name, Map<String, String> attributes) {

    Optional<String> attribute(String attribute) {
        return Optional.ofNullable(attributes.get(attribute));
    }

    /** The opening tags of a page in their order; comments are passed over, and whatever is not a tag is text. */
    static List<HtmlTag> allOf(String html) {
        List<HtmlTag> tags = new ArrayList<>();
        Scanner scanner = new Scanner(html);
        while (scanner.toNextTag()) {
            tags.add(scanner.tag());
        }
        return tags;
    }

    /** One pass over the text; every step moves on, so that any input ends. */
    private static final class Scanner {
        private final String html;
        private int at;

        Scanner(String html) {
            this.html = html;
        }

        boolean toNextTag() {
            while (at >= 0 && at < html.length()) {
                int open = html.indexOf('<', at);
                if (open < 0) {
                    return false;
                }
                at = open + 1;
                if (html.startsWith("!--", at)) {
                    int end = html.indexOf("-->", at);
                    at = end < 0 ? html.length() : end + 3;
                } else if (at < html.length() && isLetter(html.charAt(at))) {
                    return true;
                }
            }
            return false;
        }

        HtmlTag tag() {
            String name = word("/>").toLowerCase(Locale.ROOT);
            Map<String, String> attributes = new LinkedHashMap<>();
            skip(" /");
            while (at < html.length() && html.charAt(at) != '>') {
                String attribute = word("=/>").toLowerCase(Locale.ROOT);
                skip(" ");
                String value = "";
                if (at < html.length() && html.charAt(at) == '=') {
                    at++;
                    skip(" ");
                    value = value();
                }
                // As browsers do: the first of two attributes of one name counts.
                attributes.putIfAbsent(attribute, HtmlText.unescaped(value));
                skip(" /");
            }
            return new HtmlTag(name, attributes);
        }

        private String value() {
            char quote = at < html.length() ? html.charAt(at) : ' ';
            if (quote != '"' && quote != '\'') {
                return word(">");
            }
            int end = html.indexOf(quote, at + 1);
            String value = html.substring(at + 1, end < 0 ? html.length() : end);
            at = end < 0 ? html.length() : end + 1;
            return value;
        }

        /** At least one character, up to white space or one of the ends. */
        private String word(String ends) {
            int start = at++;
            while (at < html.length() && !isBlank(html.charAt(at)) && ends.indexOf(html.charAt(at)) < 0) {
                at++;
            }
            at = Math.min(at, html.length());
            return html.substring(start, at);
        }

        private void skip(String characters) {
            while (at < html.length() && (isBlank(html.charAt(at)) || characters.indexOf(html.charAt(at)) >= 0)) {
                at++;
            }
        }

        private static boolean isBlank(char character) {
            return character == ' ' || character == '\t' || character == '\n' || character == '\r' || character == '\f';
        }

        private static boolean isLetter(char character) {
            return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
        }
    }
}
