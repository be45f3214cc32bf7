namespace Microblog.EndToEnd.Tests.Clients;

/// <summary>Debian's <c>python3-mastodon</c>, a library that nobody here wrote, pointed at the system.</summary>
public sealed class MastodonPyTests
{
    private const string Python = "/usr/bin/python3";

    [Fact]
    public async Task Two_people_with_Mastodon_py_do_everything_the_library_offers_them()
    {
        var system = await RunningSystem.Get();
        var (alice, bob) = (await system.NewPerson("alice"), await system.NewPerson("bob"));
        var python = new ClientProgram(Python, Directory.CreateTempSubdirectory("microblog-python-").FullName);

        var said = await python.Run(
        [
            Path.Combine(AppContext.BaseDirectory, "Clients/mastodon_py.py"),
            system.Origin.ToString().TrimEnd('/'),
            alice.Email,
            alice.Password,
            bob.Email,
            bob.Password,
        ]);

        Assert.EndsWith("everything worked", said.Trim(), StringComparison.Ordinal);
    }
}
