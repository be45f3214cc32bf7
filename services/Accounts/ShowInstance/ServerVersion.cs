using System.Reflection;

namespace Microblog.Accounts.ShowInstance;

/// <summary>How the server calls itself.</summary>
internal static class ServerVersion
{
    public const string Name = "microblog";

    /// <summary>The product's own version.</summary>
    public static string Own { get; } =
        typeof(ServerVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?
            .InformationalVersion.Split('+')[0] ?? "0.0.0";

    /// <summary>
    /// Three numbers first: clients compare them with the version that introduced what they want to use.
    /// </summary>
    public static string ForClients { get; } = $"4.2.0 (compatible; Microblog {Own})";
}
