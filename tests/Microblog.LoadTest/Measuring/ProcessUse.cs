namespace Microblog.LoadTest.Measuring;

/// <summary>What a part has used: seconds of CPU since its start, and bytes of memory now.</summary>
public sealed record ProcessUse(double CpuSeconds, long Memory);
