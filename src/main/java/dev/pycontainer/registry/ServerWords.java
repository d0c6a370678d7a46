package dev.pycontainer.registry;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Json;
import dev.pycontainer.http.Body;
import java.nio.charset.StandardCharsets;
import okhttp3.Response;
import tools.jackson.databind.JsonNode;

/** What a registry or its token service says about an error, fit to be printed: short, on one line, without controls. */
final class ServerWords {

    private static final int LONGEST = 300;

    private ServerWords() {}

    /**
     * The status, and the codes and messages of the distribution specification's "Error Codes" or a token service's
     * {@code error_description} where there are any; closes the answer.
     */
    static String of(Response response) {
        String words = clean(words(Body.beginning(response)));
        return "it answered " + response.code() + (words.isEmpty() ? "" : ": " + words);
    }

    private static String words(String body) {
        JsonNode json;
        try {
            json = Json.read(body.getBytes(StandardCharsets.UTF_8), "the answer");
        } catch (BuildRefused notJson) {
            // A proxy's page of HTML tells the reader less than the status does.
            return "";
        }
        StringBuilder words = new StringBuilder();
        for (JsonNode error : json.path("errors")) {
            String code = error.path("code").asString("");
            String message = error.path("message").asString("");
            words.append(words.isEmpty() ? "" : "; ")
                    .append(code)
                    .append(code.isEmpty() || message.isEmpty() ? "" : ": ")
                    .append(message);
        }
        return words.isEmpty()
                ? json.path("error_description").asString(json.path("details").asString(""))
                : words.toString();
    }

    private static String clean(String words) {
        String line = words.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
