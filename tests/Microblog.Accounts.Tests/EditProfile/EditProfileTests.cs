using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microblog.Contracts.Accounts;
using Microblog.Keyspaces;

namespace Microblog.Accounts.Tests.EditProfile;

[Collection(RunningAccounts.Name)]
public sealed class EditProfileTests(RunningAccounts accounts)
{
    [Fact]
    public async Task A_profile_is_changed_with_json_and_shown_rendered_to_others_and_as_typed_to_oneself()
    {
        var person = await accounts.NewPerson();

        using var answer = await Edit(person, JsonContent.Create(new
        {
            display_name = "Alice",
            note = "See https://a.example",
            locked = true,
            fields_attributes = new[] { new { name = "Site", value = "https://b.example" } },
            source = new { privacy = "unlisted", sensitive = true, language = "de" },
        }));

        var own = await RunningAccounts.Json(answer);
        Assert.Equal("Alice", own.GetProperty("display_name").GetString());
        Assert.True(own.GetProperty("locked").GetBoolean());
        Assert.Contains("<a href=\"https://a.example\"", own.GetProperty("note").GetString());
        var source = own.GetProperty("source");
        Assert.Equal("See https://a.example", source.GetProperty("note").GetString());
        Assert.Equal("unlisted", source.GetProperty("privacy").GetString());
        Assert.True(source.GetProperty("sensitive").GetBoolean());
        Assert.Equal("de", source.GetProperty("language").GetString());
        Assert.Equal("https://b.example", source.GetProperty("fields")[0].GetProperty("value").GetString());
        var seen = await RunningAccounts.Json(await accounts.Get($"/api/v1/accounts/{person.Id}"));
        Assert.Equal("Alice", seen.GetProperty("display_name").GetString());
        Assert.Contains("href=\"https://b.example\"", seen.GetProperty("fields")[0].GetProperty("value").GetString());
    }

    [Fact]
    public async Task A_form_with_numbered_fields_does_the_same()
    {
        var person = await accounts.NewPerson();

        using var answer = await Edit(person, RunningAccounts.Form(
            ("fields_attributes[0][name]", "one"),
            ("fields_attributes[0][value]", "1"),
            ("fields_attributes[1][name]", "two"),
            ("fields_attributes[1][value]", "2"),
            ("bot", "1"),
            ("source[privacy]", "private")));

        var own = await RunningAccounts.Json(answer);
        Assert.Equal(2, own.GetProperty("fields").GetArrayLength());
        Assert.True(own.GetProperty("bot").GetBoolean());
        Assert.Equal("private", own.GetProperty("source").GetProperty("privacy").GetString());
    }

    [Fact]
    public async Task What_is_not_sent_stays_as_it_is()
    {
        var person = await accounts.NewPerson();
        using var first = await Edit(person, RunningAccounts.Form(("display_name", "Alice"), ("note", "hello")));

        using var second = await Edit(person, RunningAccounts.Form(("note", "")));

        var own = await RunningAccounts.Json(second);
        Assert.Equal("Alice", own.GetProperty("display_name").GetString());
        Assert.Equal("", own.GetProperty("note").GetString());
    }

    [Fact]
    public async Task Multipart_is_accepted_and_a_picture_refused_with_a_sentence()
    {
        var person = await accounts.NewPerson();
        using var text = new MultipartFormDataContent { { new StringContent("Alice"), "display_name" } };
        using var picture = new MultipartFormDataContent
        {
            { new StringContent("Changed"), "display_name" },
            { new ByteArrayContent([1, 2, 3]), "avatar", "me.png" },
        };

        using var accepted = await Edit(person, text);
        using var refused = await Edit(person, picture);

        Assert.Equal("Alice", (await RunningAccounts.Json(accepted)).GetProperty("display_name").GetString());
        Assert.Equal(
            "Validation failed: Avatar cannot be stored: pictures are not offered yet",
            await RunningAccounts.ErrorOf(refused, 422));
        var seen = await RunningAccounts.Json(await accounts.Get($"/api/v1/accounts/{person.Id}"));
        Assert.Equal("Alice", seen.GetProperty("display_name").GetString());
    }

    [Theory]
    [InlineData("display_name", 31, "Display name is too long (maximum is 30 characters)")]
    [InlineData("note", 501, "Note is too long (maximum is 500 characters)")]
    [InlineData("fields_attributes[0][name]", 256, "Fields attributes are too long (maximum is 255 characters)")]
    public async Task What_is_too_long_is_refused(string field, int length, string error)
    {
        var person = await accounts.NewPerson();

        using var answer = await Edit(person, RunningAccounts.Form((field, new string('x', length))));

        Assert.Equal($"Validation failed: {error}", await RunningAccounts.ErrorOf(answer, 422));
    }

    [Fact]
    public async Task A_face_of_many_code_points_is_one_character()
    {
        var person = await accounts.NewPerson();
        var families = string.Concat(Enumerable.Repeat("👨‍👩‍👧", 30));

        using var answer = await Edit(person, RunningAccounts.Form(("display_name", families)));

        Assert.Equal(families, (await RunningAccounts.Json(answer)).GetProperty("display_name").GetString());
    }

    [Theory]
    [InlineData("source[privacy]", "nobody", "Privacy is not included in the list")]
    [InlineData("source[language]", "german", "Language is invalid")]
    public async Task What_is_not_offered_is_refused(string field, string value, string error)
    {
        var person = await accounts.NewPerson();

        using var answer = await Edit(person, RunningAccounts.Form((field, value)));

        Assert.Equal($"Validation failed: {error}", await RunningAccounts.ErrorOf(answer, 422));
    }

    [Theory]
    [InlineData("\"a text\"")]
    [InlineData("7")]
    [InlineData("[1, 2]")]
    [InlineData("[\"a\", {\"name\": \"b\", \"value\": \"c\"}]")]
    [InlineData("{\"name\": \"b\", \"value\": \"c\"}")]
    public async Task Fields_that_are_no_list_of_objects_are_refused_and_stay_as_they_are(string fields)
    {
        var person = await accounts.NewPerson();
        await Edit("[{\"name\": \"Web\", \"value\": \"kept\"}]");

        using var answer = await Edit(fields);

        Assert.Equal(
            "Validation failed: fields_attributes must be a list of objects",
            await RunningAccounts.ErrorOf(answer, 422));
        using var after = await accounts.Get("/api/v1/accounts/verify_credentials", person.Token);
        var field = (await RunningAccounts.Json(after)).GetProperty("fields").EnumerateArray().Single();
        Assert.Equal("kept", field.GetProperty("value").GetString());

        async Task<HttpResponseMessage> Edit(string json) => await accounts.Send(
            HttpMethod.Patch,
            "/api/v1/accounts/update_credentials",
            person.Token,
            new StringContent($"{{\"fields_attributes\": {json}}}", Encoding.UTF8, "application/json"));
    }

    [Fact]
    public async Task Five_fields_are_one_too_many()
    {
        var person = await accounts.NewPerson();

        using var answer = await Edit(person, RunningAccounts.Form([.. Enumerable.Range(0, 5)
            .Select(i => ($"fields_attributes[{i}][name]", $"field {i}"))]));

        Assert.Equal(
            "Validation failed: Fields attributes are too many (maximum is 4)",
            await RunningAccounts.ErrorOf(answer, 422));
    }

    [Fact]
    public async Task A_nul_character_is_refused_with_the_field_named()
    {
        var person = await accounts.NewPerson();

        using var answer = await Edit(person, RunningAccounts.Form(("display_name", "a\0b")));

        Assert.Equal(
            "Validation failed: Display name contains invalid characters",
            await RunningAccounts.ErrorOf(answer, 422));
    }

    [Fact]
    public async Task Two_edits_at_once_are_two_versions()
    {
        var person = await accounts.NewPerson();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Edit(person, RunningAccounts.Form(("note", $"{i}")))));

        var json = await accounts.Redis.Run(database =>
            database.HashGetAsync(AccountSnapshots.Key(person.Id), AccountSnapshots.Profile));
        var profile = JsonSerializer.Deserialize<AccountProfile>((string)json);
        Assert.Equal(5, profile!.Version);
    }

    [Fact]
    public async Task Editing_needs_a_person_and_the_scope()
    {
        var person = await accounts.NewPerson(app: await accounts.NewApp("read write:accounts"));
        var narrow = await accounts.NewPerson(app: await accounts.NewApp("read write:accounts write:statuses"));

        using var app = await accounts.Send(
            HttpMethod.Patch,
            "/api/v1/accounts/update_credentials",
            await accounts.AppToken(person.App),
            RunningAccounts.Form(("note", "x")));
        using var nobody = await accounts.Send(HttpMethod.Patch, "/api/v1/accounts/update_credentials");

        Assert.NotEqual(person.Id, narrow.Id);
        Assert.Equal("This method requires an authenticated user", await RunningAccounts.ErrorOf(app, 422));
        Assert.Equal("The access token is invalid", await RunningAccounts.ErrorOf(nobody, 401));
    }

    [Fact]
    public async Task Removing_a_picture_that_nobody_has_shows_the_account()
    {
        var person = await accounts.NewPerson();

        using var answer = await accounts.Send(HttpMethod.Delete, "/api/v1/profile/avatar", person.Token);

        Assert.Equal(person.Username, (await RunningAccounts.Json(answer)).GetProperty("username").GetString());
    }

    private Task<HttpResponseMessage> Edit(TestPerson person, HttpContent body) =>
        accounts.Send(HttpMethod.Patch, "/api/v1/accounts/update_credentials", person.Token, body);
}
