package dev.pycontainer.packaging.index;

import dev.pycontainer.content.BuildRefused;

/** What an index says of a whole project: "Project Status Markers" (PEP 792). */
final class ProjectStatus {

    private ProjectStatus() {}

    /**
     * Refuses a project that is "considered generally unsafe for use, e.g. due to malware"; that one is archived or
     * deprecated changes nothing for files that a lock has chosen.
     *
     * @param status empty where the index says nothing
     */
    static void check(String status, String reason) {
        if (status.equals("quarantined")) {
            throw BuildRefused.because("The index has put this project into quarantine.")
                    .why(
                            reason.isEmpty()
                                    ? "it holds it for unsafe, such as for malware"
                                    : "it says: " + IndexWords.shown(reason))
                    .todo("find out why before you install it from anywhere; lock without it until then");
        }
    }
}
