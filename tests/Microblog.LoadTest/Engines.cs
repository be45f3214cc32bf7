namespace Microblog.LoadTest;

/// <summary>
/// The servers behind the origin, as far as they may be asked directly: to make worlds fast, and to measure.
/// </summary>
/// <param name="Home">Folder of a local instance: its processes are measured. Null for none.</param>
/// <param name="Postgres">Npgsql's string, of a role that may write to all schemas; null when unknown.</param>
/// <param name="Redis">StackExchange.Redis' string; null when unknown.</param>
/// <param name="RabbitMq">amqp[s]://…; null when unknown.</param>
/// <param name="KeyRing">Folder of the keys that protect tokens; null when unknown.</param>
public sealed record Engines(string? Home, string? Postgres, string? Redis, string? RabbitMq, string? KeyRing)
{
    /// <summary>Whether a world can be written straight into them.</summary>
    public bool TakeBulk => Postgres is not null && Redis is not null && KeyRing is not null;

    /// <summary>
    /// What was given, else what the local instance's folder says, else what the environment says.
    /// </summary>
    public static Engines From(CommandLine line)
    {
        var home = line.Text("--home");
        var servers = home is null ? [] : Servers(Path.Combine(home, "servers.env"));
        string? Server(string option, string name) =>
            line.Text(option) ?? servers.GetValueOrDefault(name) ?? Environment.GetEnvironmentVariable(name);
        return new(
            home,
            Server("--postgres", "MICROBLOG_POSTGRES"),
            Server("--redis", "MICROBLOG_REDIS"),
            Server("--rabbitmq", "MICROBLOG_RABBITMQ"),
            line.Text("--key-ring") ?? (home is null ? null : Path.Combine(home, "keys")));
    }

    private static Dictionary<string, string> Servers(string path) => !File.Exists(path)
        ? []
        : File.ReadLines(path)
            .Select(setting => setting.Split('=', 2))
            .Where(setting => setting.Length == 2)
            .ToDictionary(setting => setting[0], setting => setting[1].Trim('\''));
}
