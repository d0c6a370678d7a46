/**
 * The few words that every room shares: digests, streams that verify what passes, limits on hostile input, refusals,
 * secrets, and the tally of work done.
 *
 * <p>Floor 0: imports no other room.
 */
@NullMarked
package dev.pycontainer.content;

import org.jspecify.annotations.NullMarked;
