using Microblog.ServiceDefaults.ClientApi;

namespace Microblog.Accounts.ShowInstance;

internal static class InstanceAddresses
{
    /// <summary>
    /// The origin as clients open WebSockets: <c>wss://</c>, or <c>ws://</c> where it is served without TLS.
    /// </summary>
    public static string Streaming(OriginOptions origin) => "ws" + origin.Origin["http".Length..];
}
