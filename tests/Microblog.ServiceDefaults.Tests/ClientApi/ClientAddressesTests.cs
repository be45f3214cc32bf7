using System.Net;
using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Microblog.ServiceDefaults.Tests.ClientApi;

public sealed class ClientAddressesTests
{
    private const string Stranger = "203.0.113.7";
    private const string Gateway = "10.1.2.3";

    [Theory]
    [InlineData(Stranger, null, Stranger)]
    [InlineData(Stranger, "198.51.100.1", Stranger)]
    [InlineData("127.0.0.1", "198.51.100.1", "198.51.100.1")]
    [InlineData("::1", "198.51.100.1", "198.51.100.1")]
    [InlineData("::ffff:127.0.0.1", "198.51.100.1", "198.51.100.1")]
    [InlineData(Gateway, "198.51.100.1", "198.51.100.1")]
    [InlineData(Gateway, "1.1.1.1, 198.51.100.1", "198.51.100.1")]
    [InlineData(Gateway, "198.51.100.1, 10.9.9.9", "198.51.100.1")]
    [InlineData(Gateway, "1.1.1.1, 198.51.100.1, 10.9.9.9", "198.51.100.1")]
    [InlineData(Gateway, "nonsense", Gateway)]
    [InlineData(Gateway, "198.51.100.1, ", Gateway)]
    [InlineData("::ffff:203.0.113.7", null, Stranger)]
    public void Only_trusted_proxies_say_where_a_call_comes_from(string peer, string? forwardedFor, string expected) =>
        Assert.Equal(expected, Of(peer, forwardedFor));

    [Fact]
    public void Addresses_of_one_ipv6_subscriber_count_as_one()
    {
        Assert.Equal(Of("2001:db8:1:2::1"), Of("2001:db8:1:2:ffff::9"));
        Assert.NotEqual(Of("2001:db8:1:2::1"), Of("2001:db8:1:3::1"));
    }

    private static string Of(string peer, string? forwardedFor = null)
    {
        var options = new ClientApiOptions { KeyRing = "unused", TrustedProxies = "10.0.0.0/8, fd00::/8" };
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        http.Request.Headers["X-Forwarded-For"] = forwardedFor;
        return new ClientAddresses(Options.Create(options)).Of(http);
    }
}
