using MassTransit;

namespace Microblog.ServiceDefaults.Messaging;

/// <summary>
/// Names the exchange of a contract <c>microblog.&lt;owner&gt;.&lt;message&gt;</c>, where the owner is the last part of
/// its namespace: <c>microblog.ingest.post-created</c>.
/// </summary>
public sealed class MessageExchangeNames(IEntityNameFormatter fallback) : IEntityNameFormatter
{
    private const string ContractsNamespace = "Microblog.Contracts.";

    public string FormatEntityName<T>() =>
        typeof(T).Namespace is { } name && name.StartsWith(ContractsNamespace, StringComparison.Ordinal)
            ? $"microblog.{Kebab(name[ContractsNamespace.Length..])}.{Kebab(typeof(T).Name)}"
            : fallback.FormatEntityName<T>();

    internal static string Kebab(string name) => KebabCaseEndpointNameFormatter.Instance.SanitizeName(name);
}
