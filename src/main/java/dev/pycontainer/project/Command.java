package dev.pycontainer.project;

import java.util.List;

/**
 * What the container runs.
 *
 * @param cmd the words of the command, run without a shell
 * @param why one sentence that says where it comes from
 */
public record Command(List<String> cmd, String why) {

    public Command {
        cmd = List.copyOf(cmd);
    }
}
