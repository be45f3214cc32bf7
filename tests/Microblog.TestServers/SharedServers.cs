namespace Microblog.TestServers;

/// <summary>The servers of this test process, started when the first test asks.</summary>
public static class SharedServers
{
#if USE_TESTCONTAINERS
    private static readonly Lazy<Task<ITestServers>> Started = new(ContainerTestServers.Start);
#else
    private static readonly Lazy<Task<ITestServers>> Started = new(PrivateTestServers.Start);
#endif

    /// <summary>The servers; every call gives the same ones. They end with the process.</summary>
    public static Task<ITestServers> Get() => Started.Value;
}
