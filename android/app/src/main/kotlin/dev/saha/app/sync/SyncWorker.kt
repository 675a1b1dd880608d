package dev.saha.app.sync

import android.content.Context
import androidx.work.CoroutineWorker
import androidx.work.WorkerParameters
import dev.saha.app.SahaApplication
import dev.saha.app.device.BackgroundKind
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

/** Does in time that WorkManager grants what there is to do. When it takes the time back, the sync is called off. */
class SyncWorker(
    context: Context,
    parameters: WorkerParameters,
) : CoroutineWorker(context, parameters) {
    override suspend fun doWork(): Result {
        val kind = BackgroundKind.entries.firstOrNull { it.name == inputData.getString(KIND) } ?: return Result.failure()
        val app = (applicationContext as SahaApplication).app
        // The models live on the main thread. What takes long is done by the core, on threads of its own.
        val isDone = withContext(Dispatchers.Main) { app.carryOut(kind) }
        return if (isDone) Result.success() else Result.retry()
    }

    companion object {
        /** The name of the kind among what the worker is given. */
        const val KIND = "kind"
    }
}
