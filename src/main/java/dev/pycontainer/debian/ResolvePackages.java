package dev.pycontainer.debian;

import dev.pycontainer.content.Utf8Order;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Decides which packages an image needs: those asked for, and all that they depend on. Recommendations never count.
 *
 * <p>Of alternatives the first that is there already is taken, where what must be there anyway comes before any choice;
 * else the first that the index has in a fitting version, for each name the package of this name, then those that
 * provide it. Of several that provide it the order is that of apt where that can be told from the index: essential
 * before others, then by priority, then the last by name. Packages that conflict are refused, not worked around: nothing
 * is ever chosen for what it would avoid.
 *
 * <p>The same packages asked for in another order, or found in an index of another order, give the same result.
 */
public final class ResolvePackages {

    private final PackageIndex index;
    private final List<DebianPackage> installed;
    private final Map<String, String> leftOut;

    /**
     * @param installed the packages that the base has; they are never replaced
     * @param leftOut the names of packages that are not to be there, and why; each meets whatever depends on it or on
     *     what it provides, unless it is itself asked for
     */
    public ResolvePackages(PackageIndex index, Collection<DebianPackage> installed, Map<String, String> leftOut) {
        this.index = index;
        this.installed = List.copyOf(installed);
        this.leftOut = Map.copyOf(leftOut);
    }

    /**
     * The packages asked for and all that they need, without what the base has. Refused is a name that the index does
     * not know, a dependency that nothing meets, a version that the base has otherwise, and what conflicts.
     *
     * @param asked names of packages, or of virtual ones that one package alone provides
     */
    public ResolvedPackages of(Collection<String> asked) {
        NavigableSet<String> names = new TreeSet<>(Utf8Order.INSTANCE);
        names.addAll(asked);
        Map<String, String> notAsked = new HashMap<>(leftOut);
        notAsked.keySet().removeAll(names);
        PackageClosure closure = new PackageClosure(index, installed, new LeftOutPackages(index, notAsked));
        closure.ask(names);
        closure.complete();
        closure.mustBeFreeOfConflicts();
        return closure.result();
    }
}
