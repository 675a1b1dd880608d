package dev.saha.app.device

import android.content.Context
import android.net.ConnectivityManager
import android.net.Network
import android.net.NetworkCapabilities
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.flow.distinctUntilChanged

/** The system's view of the network. */
class SystemNetwork(
    context: Context,
) : NetworkWatch {
    private val manager = context.getSystemService(ConnectivityManager::class.java)

    override val state: NetworkState
        get() {
            val capabilities = manager.getNetworkCapabilities(manager.activeNetwork)
            val isReachable = capabilities?.hasCapability(NetworkCapabilities.NET_CAPABILITY_INTERNET) == true
            return NetworkState(isReachable, isMetered = manager.isActiveNetworkMetered)
        }

    override val states: Flow<NetworkState> = callbackFlow {
        val callback =
            object : ConnectivityManager.NetworkCallback() {
                // Called after each `onAvailable` too, and the capabilities say what the network costs.
                override fun onCapabilitiesChanged(network: Network, networkCapabilities: NetworkCapabilities) {
                    trySend(state)
                }

                override fun onLost(network: Network) {
                    trySend(state.copy(isReachable = false))
                }
            }
        trySend(state)
        manager.registerDefaultNetworkCallback(callback)
        awaitClose { manager.unregisterNetworkCallback(callback) }
    }.distinctUntilChanged()
}
