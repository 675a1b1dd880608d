package dev.saha

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.readBytes

/** A company's server: `saha serve` in a process of its own, on a folder of its own. */
internal class TestCompany private constructor(
    private val process: Process,
    private val folder: Path,
    val url: String,
    private val adminToken: String,
) : AutoCloseable {
    val port: Int get() = URI(url).port

    /** Imports a file of the company's data. Every line has to be good. */
    fun import(kind: String, csv: ByteArray) {
        val request =
            HttpRequest
                .newBuilder(URI("$url/v1/import/$kind"))
                .header("Authorization", "Bearer $adminToken")
                .header("Content-Type", "text/csv")
                .POST(HttpRequest.BodyPublishers.ofByteArray(csv))
                .build()
        val answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString())
        check(answer.statusCode() == 200 && "\"problems\":[]" in answer.body()) { "$kind: ${answer.body()}" }
    }

    /** Ayşe alone, and customers of hers by their codes. */
    fun importCustomers(codes: List<String>) {
        val csv = { kind: String, lines: List<String> -> import(kind, lines.joinToString("\n", postfix = "\n").toByteArray()) }
        csv("reps", listOf("code,name,team", "R1,Ayşe Yılmaz,a"))
        csv("users", listOf("login,password,role,rep_code", "${TestPhone.LOGIN},${TestPhone.PASSWORD},rep,R1"))
        val columns = "kod;unvan;durum;segment;vergi_no;telefon;ilçe;adres;enlem;boylam"
        csv("customers", listOf(columns) + codes.map { "$it;Dükkân $it;aktif;B;;;Kadıköy;Osmanağa Mah. No: 1;;" })
        csv("assignments", listOf("customer_code,rep_code,from,to") + codes.map { "$it,R1,2026-01-01," })
    }

    override fun close() {
        process.destroy()
        process.waitFor()
        folder.toFile().deleteRecursively()
    }

    companion object {
        /** The company of the test data, for all tests that do not change what others see. */
        val istanbul: TestCompany by lazy {
            start().also { company ->
                val data = Path.of(System.getProperty("saha.data"))
                listOf("reps", "users", "customers", "products", "assignments", "targets").forEach {
                    company.import(it, data.resolve("$it.csv").readBytes())
                }
                Runtime.getRuntime().addShutdownHook(Thread(company::close))
            }
        }

        fun start(): TestCompany {
            val folder = Files.createTempDirectory("saha-company")
            val arguments = listOf("--data", "$folder", "--json", "serve", "--listen", "127.0.0.1:0")
            val process =
                ProcessBuilder(listOf(System.getProperty("saha.server")) + arguments)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start()
            val greeting = Json.parseToJsonElement(process.inputReader().readLine()).jsonObject
            val said = { name: String -> checkNotNull(greeting[name]?.jsonPrimitive?.contentOrNull) }
            return TestCompany(process, folder, said("url"), said("admin_token"))
        }
    }
}
