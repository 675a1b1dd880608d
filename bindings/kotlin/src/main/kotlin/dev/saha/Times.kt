package dev.saha

import dev.saha.core.OutboxEntry
import dev.saha.core.OverriddenEdit
import dev.saha.core.SyncDiagnosis
import dev.saha.core.SyncStatus
import dev.saha.domain.Call
import dev.saha.domain.Location
import dev.saha.domain.Stamp
import java.time.Duration
import java.time.Instant
import java.time.OffsetDateTime
import java.time.ZoneOffset

// The records say milliseconds, as they do on the wire; here are the same moments and spans as java.time has them.

/** When it happened, by the best clock that was known when it was captured. */
public val Stamp.at: Instant get() = Instant.ofEpochMilli(deviceUtcMs + (correctionMs ?: 0))

/** The same moment as the wall clock of the place showed it. */
public val Stamp.local: OffsetDateTime get() = at.atOffset(ZoneOffset.ofTotalSeconds(utcOffsetS))

/** How far [at] may be off; null while nothing is known. */
public val Stamp.uncertainty: Duration? get() = uncertaintyMs?.let(Duration::ofMillis)

/** How long they spoke. */
public val Call.duration: Duration get() = Duration.ofSeconds(durationS)

/** How old the fix was when it was used. */
public val Location.fixAge: Duration get() = Duration.ofMillis(fixAgeMs)

/** When the change was captured, by the device's clock. */
public val OutboxEntry.capturedAt: Instant get() = Instant.ofEpochMilli(capturedMs)

/** When the rep wrote it, by the device's clock. */
public val OverriddenEdit.capturedAt: Instant get() = Instant.ofEpochMilli(capturedMs)

/** When the oldest change that waits was captured, by the device's clock; null where nothing waits. */
public val SyncDiagnosis.oldestCapturedAt: Instant? get() = oldestCapturedMs?.let(Instant::ofEpochMilli)

/** When a sync last ended with nothing left to send or to fetch, by the device's clock. */
public val SyncStatus.lastSuccessAt: Instant? get() = lastSuccessMs?.let(Instant::ofEpochMilli)

/** Before this a scheduler need not try again; null where nothing stands against a sync. By the device's clock. */
public val SyncStatus.nextTryAt: Instant? get() = nextTryMs?.let(Instant::ofEpochMilli)
