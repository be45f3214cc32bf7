using System.Text.RegularExpressions;

namespace Microblog.EndToEnd.Tests.Clients;

/// <summary>Debian's <c>toot</c>, a command-line client that nobody here wrote, pointed at the system.</summary>
public sealed partial class TootTests
{
    [Fact]
    public async Task Two_people_with_toot_follow_post_reply_boost_favourite_page_search_block_and_delete()
    {
        var system = await RunningSystem.Get();
        var (alice, bob) = (await system.NewPerson("alice"), await system.NewPerson("bob"));
        var (tootAsAlice, tootAsBob) = (await LogIn(system, alice), await LogIn(system, bob));
        Assert.Contains(alice.Username, await tootAsAlice.Run(["whoami"]), StringComparison.Ordinal);

        await tootAsBob.Run(["follow", alice.Username]);
        for (var i = 0; i < 12; i++)
            await tootAsAlice.Run(["post", $"note {i}"]);
        var hello = Id(await tootAsAlice.Run(["post", "hello from toot"]));
        await bob.Sees(hello);
        Assert.Contains("hello from toot", await tootAsBob.Run(["timeline", "-1"]), StringComparison.Ordinal);
        // In a terminal toot asks whether to go on, and its second page repeats the parameters of the first.
        var twoPages = await tootAsBob.RunInTerminal("timeline -c 10", input: "y\nn");
        Assert.Contains("note 0", twoPages, StringComparison.Ordinal);

        var reply = Id(await tootAsBob.Run(["post", "-r", hello, $"@{alice.Username} hello back"]));
        await tootAsBob.Run(["favourite", hello]);
        await tootAsBob.Run(["reblog", hello]);
        Assert.Contains("hello back", await tootAsAlice.Run(["thread", hello]), StringComparison.Ordinal);
        await Eventually.Is(async () =>
        {
            var notifications = await tootAsAlice.Run(["notifications"]);
            return notifications.Contains("favourited", StringComparison.Ordinal)
                && notifications.Contains("reblogged", StringComparison.Ordinal)
                && notifications.Contains("mentioned", StringComparison.Ordinal)
                && notifications.Contains("now follows you", StringComparison.Ordinal);
        });
        Assert.Contains(bob.Username, await tootAsAlice.Run(["search", bob.Username]), StringComparison.Ordinal);

        await tootAsBob.Run(["delete", reply]);
        await tootAsAlice.Run(["block", bob.Username]);
        Assert.DoesNotContain("hello from toot", await tootAsBob.Run(["timeline", "-1"]), StringComparison.Ordinal);
    }

    private static async Task<ClientProgram> LogIn(RunningSystem system, Person person)
    {
        var toot = new ClientProgram("toot", Directory.CreateTempSubdirectory("microblog-toot-").FullName);
        await toot.Run(
            ["login_cli", "--disable-https", "-i", system.Origin.Authority, "-e", person.Email],
            input: person.Password);
        return toot;
    }

    private static string Id(string output) => PostAddress().Match(output).Groups[1].Value;

    [GeneratedRegex(@"/@\w+/(\d+)")]
    private static partial Regex PostAddress();
}
