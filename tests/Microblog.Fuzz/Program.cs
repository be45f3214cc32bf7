using System.Globalization;
using Microblog.Fuzz;
using Microblog.Outage;

if (Arguments(args) is not var (requests, seed, home))
{
    Console.Error.WriteLine("infra/fuzz --help says what may be asked for.");
    return 2;
}

Console.WriteLine($"{requests} requests to {Operations.All.Count} operations, seed {seed}");
await using var own = home is null ? await Instance.Start() : null;
home ??= own!.Home;
var origin = new Uri(File.ReadAllText(Path.Combine(home, "origin")).Trim());
var fuzzer = new Fuzzer(origin, home, seed);
using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    interrupted.Cancel();
};

var run = fuzzer.Run(requests, interrupted.Token);
while (await Task.WhenAny(run, Task.Delay(TimeSpan.FromSeconds(5))) != run)
    Console.WriteLine($"{fuzzer.Done,8} answered, {fuzzer.Complaints.Count} of them wrongly");
if (interrupted.IsCancellationRequested)
    return 130;

var outcome = await run;
foreach (var line in Report.Of(outcome, origin))
    Console.WriteLine(line);
return outcome.Complaints.Count == 0 && outcome.Grown.Count == 0 ? 0 : 1;

static (int Requests, int Seed, string? Home)? Arguments(string[] args)
{
    var (requests, seed) = (50_000, 1);
    string? home = null;
    foreach (var pair in args.Chunk(2))
    {
        if (pair is not [var name, var value])
            return null;
        var isNumber = int.TryParse(value, CultureInfo.InvariantCulture, out var number);
        switch (name)
        {
            case "--requests" when isNumber && number is > 0 and <= 100_000_000:
                requests = number;
                break;
            case "--seed" when isNumber:
                seed = number;
                break;
            case "--home" when File.Exists(Path.Combine(value, "origin")):
                home = value;
                break;
            default:
                return null;
        }
    }

    return (requests, seed, home);
}
