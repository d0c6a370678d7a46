package dev.pycontainer.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a real set of dependencies was locked to in 24 successive months, as {@code src/test/oracle/lock-histories} says.
 *
 * @param name of the set
 * @param months the locks, each by the packages' names
 */
public record LockHistory(String name, List<NavigableMap<String, LockHistory.Locked>> months) {

    /** The sets: a web service, a shop, a data project, a service of language models, one that speaks to three clouds. */
    public static final List<String> SETS = List.of("web", "shop", "data", "agents", "cloud");

    /** The project itself, which requires what is asked for. */
    public static final String PROJECT = ".";

    /**
     * A package of a lock.
     *
     * @param size of its wheel, in bytes
     */
    public record Locked(String version, long size, List<String> requires) {

        boolean isSameFileAs(Locked other) {
            return version.equals(other.version) && size == other.size;
        }
    }

    /** One of {@link #SETS}. */
    public static LockHistory of(String name) {
        try (InputStream in = LockHistory.class.getResourceAsStream("/lock-histories/" + name + ".txt")) {
            if (in == null) {
                throw new IllegalArgumentException("no history of " + name);
            }
            return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LockHistory parse(String name, String text) {
        List<NavigableMap<String, Locked>> months = new ArrayList<>();
        NavigableMap<String, Locked> now = new TreeMap<>();
        for (String line : text.lines().toList()) {
            List<String> words = List.of(line.split(" ", -1));
            switch (words.get(0)) {
                case "=" -> {
                    now = new TreeMap<>(now);
                    months.add(now);
                }
                case "-" -> now.remove(words.get(1));
                default ->
                    now.put(
                            words.get(1),
                            words.get(1).equals(PROJECT)
                                    ? new Locked("", 0, words.subList(2, words.size()))
                                    : new Locked(
                                            words.get(2),
                                            Long.parseLong(words.get(3)),
                                            words.subList(4, words.size())));
            }
        }
        return new LockHistory(name, months);
    }

    /**
     * The locks between the months, where one thing is upgraded at a time: a package, or several of one month that require
     * one another and whose names begin with the same word, since these are released together. In the order of names.
     */
    public List<NavigableMap<String, Locked>> oneAtATime() {
        List<NavigableMap<String, Locked>> locks = new ArrayList<>(List.of(months.get(0)));
        for (int i = 1; i < months.size(); i++) {
            NavigableMap<String, Locked> now = new TreeMap<>(months.get(i - 1));
            for (Set<String> together : changed(months.get(i - 1), months.get(i))) {
                for (String each : together) {
                    now.remove(each);
                    if (months.get(i).containsKey(each)) {
                        now.put(each, months.get(i).get(each));
                    }
                }
                locks.add(new TreeMap<>(now));
            }
        }
        return locks;
    }

    /** The packages that are other in the second lock, those together that are upgraded together. */
    private static Iterable<Set<String>> changed(Map<String, Locked> before, Map<String, Locked> after) {
        NavigableSet<String> changed = new TreeSet<>(before.keySet());
        changed.addAll(after.keySet());
        changed.remove(PROJECT);
        changed.removeIf(name -> before.containsKey(name)
                && after.containsKey(name)
                && before.get(name).isSameFileAs(after.get(name)));
        Map<String, Set<String>> together = new LinkedHashMap<>();
        changed.forEach(name -> together.put(name, new TreeSet<>(Set.of(name))));
        for (String name : changed) {
            Set<String> required = new HashSet<>();
            for (Map<String, Locked> lock : List.of(before, after)) {
                if (lock.containsKey(name)) {
                    required.addAll(lock.get(name).requires());
                }
            }
            for (String other : new TreeSet<>(required)) {
                if (changed.contains(other) && firstWord(other).equals(firstWord(name))) {
                    Set<String> joined = together.get(name);
                    joined.addAll(together.get(other));
                    joined.forEach(each -> together.put(each, joined));
                }
            }
        }
        Set<Set<String>> sets = Collections.newSetFromMap(new LinkedHashMap<>());
        sets.addAll(together.values());
        return sets;
    }

    private static String firstWord(String name) {
        return name.split("-", 2)[0];
    }
}
