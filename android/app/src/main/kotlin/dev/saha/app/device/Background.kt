package dev.saha.app.device

/** Grants time when the app is not in front: WorkManager on a phone. */
fun interface BackgroundScheduler {
    /** Asks for time. A wish of the same kind that waits already is enough. */
    fun submit(kind: BackgroundKind)
}

/** What kind of time. */
enum class BackgroundKind {
    /** Again and again, some hours apart, where there is a network. */
    REFRESH,

    /** Once, as soon as there is a network: something waits to be sent. */
    SENDING,

    /** Once, as soon as there is a network that costs nothing by the byte: files wait to be sent. */
    FILES,
}
