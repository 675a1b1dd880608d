package dev.saha.app.device

import android.Manifest.permission.ACCESS_COARSE_LOCATION
import android.Manifest.permission.ACCESS_FINE_LOCATION
import android.annotation.SuppressLint
import android.content.Context
import android.content.pm.PackageManager.PERMISSION_GRANTED
import android.location.LocationManager
import android.os.Build
import android.os.CancellationSignal
import android.os.SystemClock
import androidx.activity.ComponentActivity
import androidx.activity.result.contract.ActivityResultContracts
import androidx.core.content.ContextCompat
import androidx.core.location.LocationCompat
import androidx.core.location.LocationManagerCompat
import dev.saha.domain.GeoPoint
import dev.saha.domain.Location
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.withTimeoutOrNull
import kotlin.math.ceil
import kotlin.math.roundToInt
import kotlin.time.Duration

/**
 * The system's location, asked once and without Google's services. The first question asks the rep whether the app may know; where he
 * says no, visits have no place.
 */
class SystemPlaces(
    private val context: Context,
) : PlaceFinder {
    private val permission = Question("saha.place", ActivityResultContracts.RequestMultiplePermissions())
    private val manager = context.getSystemService(LocationManager::class.java)
    private var wasAsked = false

    /** May ask from this activity on. */
    fun attach(activity: ComponentActivity) = permission.attach(activity)

    override suspend fun here(within: Duration): Location? {
        if (!isAllowed() && !wasAsked) {
            // Once a start: whoever said no is not asked at each door.
            wasAsked = true
            permission.ask(arrayOf(ACCESS_FINE_LOCATION, ACCESS_COARSE_LOCATION))
        }
        return if (isAllowed()) find(within) else null
    }

    private fun isAllowed() = listOf(ACCESS_FINE_LOCATION, ACCESS_COARSE_LOCATION).any {
        ContextCompat.checkSelfPermission(context, it) == PERMISSION_GRANTED
    }

    /** The best that is heard of the system within that time: at once where it knows all providers as one. */
    @SuppressLint("MissingPermission")
    private suspend fun find(within: Duration): Location? {
        val stop = CancellationSignal()
        val heard = Channel<android.location.Location?>(Channel.UNLIMITED)
        val providers = providers()
        var best: android.location.Location? = null
        try {
            providers.forEach { provider ->
                LocationManagerCompat.getCurrentLocation(manager, provider, stop, Runnable::run) { heard.trySend(it) }
            }
            withTimeoutOrNull(within) {
                repeat(providers.size) { best = better(best, heard.receive()) }
            }
        } finally {
            stop.cancel()
        }
        return best?.let(::spoken)
    }

    private fun providers(): List<String> {
        val enabled = manager.getProviders(true)
        val fused = Build.VERSION.SDK_INT >= Build.VERSION_CODES.S && LocationManager.FUSED_PROVIDER in enabled
        if (fused) return listOf(LocationManager.FUSED_PROVIDER)
        return listOf(LocationManager.GPS_PROVIDER, LocationManager.NETWORK_PROVIDER).filter { it in enabled }
    }

    private fun better(one: android.location.Location?, other: android.location.Location?) =
        listOfNotNull(one, other).minByOrNull { it.accuracy }

    private fun spoken(found: android.location.Location) = Location(
        point = GeoPoint(latE7 = e7(found.latitude), lonE7 = e7(found.longitude)),
        accuracyM = ceil(found.accuracy).toInt(),
        fixAgeMs = maxOf(0, SystemClock.elapsedRealtime() - LocationCompat.getElapsedRealtimeMillis(found)),
        provider = found.provider.orEmpty(),
        mocked = LocationCompat.isMock(found),
    )

    private fun e7(degrees: Double) = (degrees * 1e7).roundToInt()
}
