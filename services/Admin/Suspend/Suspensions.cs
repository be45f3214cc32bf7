using Microblog.Admin.Storage;

namespace Microblog.Admin.Suspend;

/// <summary>Does something to each person named, and says so.</summary>
internal static class Suspensions
{
    public static async Task<int> Run(Call call, Func<Call, string, long, Task<string>> change)
    {
        if (call.Arguments.Names.Count == 0)
            throw new BadUseException("Name somebody.");
        var people = new People(call.Stores.Database);
        foreach (var name in call.Arguments.Names)
        {
            var accountId = await people.Find(name, call.CancellationToken);
            call.Terminal.Line(await change(call, name, accountId));
        }

        return ExitStatus.Fine;
    }
}
