package dev.saha.app.sync

import android.content.Context
import androidx.work.BackoffPolicy
import androidx.work.Constraints
import androidx.work.ExistingPeriodicWorkPolicy
import androidx.work.ExistingWorkPolicy
import androidx.work.NetworkType
import androidx.work.OneTimeWorkRequestBuilder
import androidx.work.PeriodicWorkRequestBuilder
import androidx.work.WorkManager
import androidx.work.WorkRequest
import androidx.work.workDataOf
import dev.saha.app.device.BackgroundKind
import dev.saha.app.device.BackgroundScheduler
import java.time.Duration

/** Time from WorkManager, which remembers each wish across restarts of the app and of the phone. */
class WorkScheduler(
    private val context: Context,
) : BackgroundScheduler {
    override fun submit(kind: BackgroundKind) {
        val manager = WorkManager.getInstance(context)
        val name = name(kind)
        when (kind) {
            BackgroundKind.REFRESH -> {
                val again = PeriodicWorkRequestBuilder<SyncWorker>(PERIOD).wishing(kind).build()
                manager.enqueueUniquePeriodicWork(name, ExistingPeriodicWorkPolicy.UPDATE, again)
            }

            BackgroundKind.SENDING, BackgroundKind.FILES -> {
                val once = OneTimeWorkRequestBuilder<SyncWorker>().wishing(kind).build()
                // One that runs already looks at its end whether anything is left.
                manager.enqueueUniqueWork(name, ExistingWorkPolicy.KEEP, once)
            }
        }
    }

    private fun <B : WorkRequest.Builder<B, *>> B.wishing(kind: BackgroundKind): B {
        val network = if (kind == BackgroundKind.FILES) NetworkType.UNMETERED else NetworkType.CONNECTED
        return setInputData(workDataOf(SyncWorker.KIND to kind.name))
            .setConstraints(Constraints.Builder().setRequiredNetworkType(network).build())
            .setBackoffCriteria(BackoffPolicy.EXPONENTIAL, FIRST_PAUSE)
    }

    companion object {
        /** Between two syncs of an app that nobody opens. */
        val PERIOD: Duration = Duration.ofHours(4)

        /** After a sync that did not come through; it doubles each time. */
        val FIRST_PAUSE: Duration = Duration.ofSeconds(30)

        /** Under which WorkManager keeps the one wish of a kind. */
        fun name(kind: BackgroundKind): String = "saha.${kind.name.lowercase()}"
    }
}
