using System.Net.NetworkInformation;
using System.Security.Cryptography;

namespace Microblog.Bench.Systems;

/// <summary>Ports for one instance: the first of as many as it may use.</summary>
internal static class FreePorts
{
    private const int PortsPerInstance = 30;
    private const int LowestPort = 20_000;
    private const int PortSets = 300;

    public static int Find()
    {
        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners();
        var taken = listeners.Select(end => end.Port).ToHashSet();
        while (true)
        {
            var port = LowestPort + (RandomNumberGenerator.GetInt32(PortSets) * PortsPerInstance);
            if (!Enumerable.Range(port, PortsPerInstance).Any(taken.Contains))
                return port;
        }
    }
}
