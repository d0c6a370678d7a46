package dev.pycontainer.http;

import okhttp3.Response;

/**
 * The how manieth time it was that a request was sent.
 *
 * @param number from 1
 */
public record Attempt(int number) {

    /** What the answer was, as a clause for a refusal's reason: {@code it answered 503, the last of 4 attempts}. */
    public static String told(Response response) {
        Attempt attempt = response.request().tag(Attempt.class);
        String asked = response.header("Retry-After", "").strip();
        return "it answered " + response.code()
                + (attempt != null && attempt.number > 1 ? ", the last of " + attempt.number + " attempts" : "")
                + (asked.matches("[0-9]{1,9}") ? ", and asks to be left alone for " + asked + " seconds" : "");
    }
}
