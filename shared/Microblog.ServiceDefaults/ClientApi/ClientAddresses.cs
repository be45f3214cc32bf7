using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>
/// Where a request comes from. X-Forwarded-For counts only as far as trusted proxies wrote it: anybody can send the
/// header.
/// </summary>
public sealed class ClientAddresses(IOptions<ClientApiOptions> options)
{
    private const string ForwardedFor = "X-Forwarded-For";
    private const int PrefixBytes = 8;

    private readonly IPNetwork[] _trusted = [.. options.Value.TrustedProxies
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(IPNetwork.Parse)];

    /// <summary>
    /// The address limits are counted by: IPv4, or the /64 of IPv6, which is what one subscriber has.
    /// </summary>
    public string Of(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress ?? IPAddress.Loopback;
        var forwarded = http.Request.Headers[ForwardedFor].ToString().Split(',', StringSplitOptions.TrimEntries);

        // From the last to the first: each proxy adds, behind what it was told, whom it was told by.
        for (var hop = forwarded.Length - 1; hop >= 0 && IsTrusted(address); hop--)
        {
            if (!IPAddress.TryParse(forwarded[hop], out var told))
                break;
            address = told;
        }

        return Subscriber(Plain(address));
    }

    private bool IsTrusted(IPAddress address)
    {
        var plain = Plain(address);
        return IPAddress.IsLoopback(plain) || _trusted.Any(network => network.Contains(plain));
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static string Subscriber(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address.ToString();

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(PrefixBytes).Clear();
        return new IPAddress(bytes).ToString();
    }
}
