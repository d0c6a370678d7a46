/**
 * The one HTTP client: time limits, retries, resuming, redirects, proxies, bounded bodies, redaction, and
 * credentials bound to their host.
 *
 * <p>Floor 1: knows requests and replies only; nothing of registries or package indexes.
 */
@NullMarked
package dev.pycontainer.http;

import org.jspecify.annotations.NullMarked;
